import type ts from 'typescript';

/** A JSON schema of OpenAPI 3.1, or a part of one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** What the routes of some controllers answer, as their methods' return types say it. */
export interface ResponseSchemas {
  /** By operation id, `Controller_method`; null where the method writes its answer itself. */
  readonly answers: ReadonlyMap<string, Schema | null>;
  /** The named types among them: each interface, and each alias of a union. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * JSON schemas of what these routes (operation ids) answer, from the return types of the controllers in these folders. Doc
 * comments become descriptions. A name that is `taken`, by what routes are asked with, gets a number. Takes some ten seconds:
 * the types of everything the controllers use are read.
 *
 * @throws Error for a type that does not go over JSON (a Map, a Buffer), or that is recursive without a name
 */
export async function responseSchemas(
  root: string,
  folders: readonly string[],
  { routes, taken }: { readonly routes: ReadonlySet<string>; readonly taken: readonly string[] },
): Promise<ResponseSchemas> {
  const { default: typescript } = await import('typescript'); // Large, and few who import this library need it.
  const { sys, forEachChild, isClassDeclaration, isMethodDeclaration } = typescript;
  const config = typescript.readConfigFile(`${root}/tsconfig.base.json`, (path) => sys.readFile(path));
  const { fileNames, options } = typescript.parseJsonConfigFileContent(config.config, sys, root);
  const inFolders = (path: string) => folders.some((folder) => path.startsWith(`${root}/${folder}/`));
  const files = fileNames.filter((path) => inFolders(path) && !path.endsWith('.spec.ts'));
  const program = typescript.createProgram(files, options);
  const writer = new SchemaWriter(typescript, program, taken);
  const answers = new Map<string, Schema | null>();
  for (const source of program.getSourceFiles().filter(({ fileName }) => inFolders(fileName))) {
    forEachChild(source, (node) => {
      if (!isClassDeclaration(node)) return;
      for (const method of writer.membersOf(node).filter(isMethodDeclaration)) {
        const route = `${node.name?.text ?? ''}_${method.name.getText()}`;
        if (routes.has(route)) answers.set(route, writer.answerOf(method, route));
      }
    });
  }
  return { answers, schemas: writer.schemas };
}

type TypeScript = typeof ts;

class SchemaWriter {
  readonly schemas: Record<string, Schema> = {};
  private readonly checker: ts.TypeChecker;
  private readonly names = new Map<ts.Type, string>();
  /** Types without a name that are being described since the last one with a name, outermost first. */
  private open: readonly ts.Type[] = [];

  constructor(
    private readonly typescript: TypeScript,
    private readonly program: ts.Program,
    private readonly taken: readonly string[],
  ) {
    this.checker = program.getTypeChecker();
  }

  /** Its own, and those of what it extends. */
  membersOf(node: ts.ClassDeclaration): readonly ts.Declaration[] {
    return this.checker
      .getTypeAtLocation(node)
      .getProperties()
      .flatMap(({ valueDeclaration }) => valueDeclaration ?? []);
  }

  answerOf(method: ts.MethodDeclaration, route: string): Schema | null {
    const signature = this.checker.getSignatureFromDeclaration(method);
    const type = signature && this.checker.getAwaitedType(this.checker.getReturnTypeOfSignature(signature));
    if (!type || type.flags & this.typescript.TypeFlags.VoidLike) return null;
    return this.schemaOf(type, route);
  }

  private schemaOf(type: ts.Type, where: string): Schema {
    const plain = this.plain(type);
    if (plain) return plain;
    if (type.getSymbol()?.name === 'Date') return { type: 'string', format: 'date-time' };
    const name = this.names.get(type) ?? this.nameFor(type);
    if (name !== null) return this.named(type, name, where);
    if (this.open.includes(type)) throw new Error(`${where}: a recursive type needs a name`);
    return this.within([...this.open, type], () => this.inPlace(type, where));
  }

  private within(open: readonly ts.Type[], describe: () => Schema): Schema {
    const outer = this.open;
    this.open = open;
    const schema = describe();
    this.open = outer;
    return schema;
  }

  private named(type: ts.Type, name: string, where: string): Schema {
    if (!this.names.has(type)) {
      this.names.set(type, name);
      this.schemas[name] = {}; // Holds the place, in the order of the routes; a type that contains itself finds it.
      const description = this.docOf(type.aliasSymbol ?? type.getSymbol());
      this.schemas[name] = { ...description, ...this.within([], () => this.inPlace(type, where)) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The name of an interface, or of an alias of objects; null for what is described where it stands. */
  private nameFor(type: ts.Type): string | null {
    const symbol = type.aliasSymbol ?? (type.isUnion() ? undefined : type.getSymbol());
    const { typeArguments = [] } = type as ts.TypeReference;
    const isGeneric = (type.aliasTypeArguments ?? typeArguments).length > 0;
    if (!symbol || isGeneric || symbol.name.startsWith('__') || this.checker.isArrayType(type)) return null;
    const free = (name: string) => !(name in this.schemas) && !this.taken.includes(name);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? symbol.name : `${symbol.name}${number}`;
      if (free(name)) return name;
    }
  }

  private inPlace(type: ts.Type, where: string): Schema {
    if (type.isUnion()) return this.union(type, where);
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item ? this.schemaOf(item, `${where}[]`) : {} };
    }
    if (this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', prefixItems: items.map((item, place) => this.schemaOf(item, `${where}[${place}]`)) };
    }
    if (type.flags & this.typescript.TypeFlags.Object || type.isIntersection()) return this.object(type, where);
    throw new Error(`${where}: ${this.checker.typeToString(type)} cannot be described`);
  }

  /** Literals of one kind become one enum; null and undefined are told apart as JSON has it: one is there, one is not. */
  private union({ types }: ts.UnionType, where: string): Schema {
    const { TypeFlags } = this.typescript;
    const there = types.filter(({ flags }) => !(flags & TypeFlags.Undefined));
    const texts = there.flatMap((type) => (type.isStringLiteral() ? [type.value] : [])).sort();
    const booleans = there.filter(({ flags }) => flags & TypeFlags.BooleanLiteral);
    const isWhole = booleans.length === 2;
    const others = there.filter((type) => !type.isStringLiteral() && !(isWhole && booleans.includes(type)));
    const parts = [
      ...(texts.length > 0 ? [{ type: 'string', enum: texts }] : []),
      ...(isWhole ? [{ type: 'boolean' }] : []),
      ...others.map((type) => this.schemaOf(type, where)),
    ].sort((one, other) => compare(JSON.stringify(one), JSON.stringify(other)));
    const [only, ...more] = parts;
    return only && more.length === 0 ? only : { anyOf: parts };
  }

  private object(type: ts.Type, where: string): Schema {
    const { TypeFlags, SymbolFlags } = this.typescript;
    this.requireJson(type, where);
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const of = this.checker.getTypeOfSymbol(property);
      if (of.flags & TypeFlags.Undefined) continue; // An optional property that is never there.
      properties[property.name] = { ...this.schemaOf(of, `${where}.${property.name}`), ...this.docOf(property) };
      if (!(property.flags & SymbolFlags.Optional)) required.push(property.name);
    }
    const index = this.checker.getIndexInfosOfType(type)[0];
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: this.schemaOf(index.type, `${where}.*`) } : {}),
    };
  }

  /** A class or an interface of the language or of a package is no form of ours: JSON would make something else of it. */
  private requireJson(type: ts.Type, where: string): void {
    const { SymbolFlags } = this.typescript;
    const symbol = type.getSymbol();
    if (!symbol || !(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return;
    const files = (symbol.declarations ?? []).map((declaration) => declaration.getSourceFile());
    const isForeign = (file: ts.SourceFile) =>
      this.program.isSourceFileDefaultLibrary(file) || this.program.isSourceFileFromExternalLibrary(file);
    if (files.some(isForeign)) throw new Error(`${where}: ${symbol.name} does not go over JSON`);
  }

  /** What needs no look inside; null for unions and objects. */
  private plain(type: ts.Type): Schema | null {
    const { TypeFlags } = this.typescript;
    const { flags } = type;
    if (type.isUnion()) return null;
    if (flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
    if (type.isStringLiteral()) return { type: 'string', const: type.value };
    if (type.isNumberLiteral()) return { type: 'number', const: type.value };
    if (flags & TypeFlags.BooleanLiteral) return { type: 'boolean', const: this.checker.typeToString(type) === 'true' };
    if (flags & TypeFlags.StringLike) return { type: 'string' };
    if (flags & TypeFlags.Number) return { type: 'number' };
    return flags & TypeFlags.Null ? { type: 'null' } : null;
  }

  private docOf(symbol: ts.Symbol | undefined): Schema {
    const text = this.typescript.displayPartsToString(symbol?.getDocumentationComment(this.checker));
    return text === '' ? {} : { description: text.replace(/\s*\n\s*/g, ' ') };
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
