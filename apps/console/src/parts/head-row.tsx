import { Table } from '@mantine/core';

/** The head of a table: the name of each column. */
export function HeadRow({ labels }: { readonly labels: readonly string[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {labels.map((label, index) => (
          <Table.Th key={index} scope="col">
            {label}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}
