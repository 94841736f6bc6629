import RequestQueue from 'kafkajs/src/network/requestQueue';

/*
 * kafkajs 2.2.4 looks about a thousand times a second, for every connection and for ever, whether a request waits to be
 * sent (tulios/kafkajs#1751; the fixes, pull requests 1755 and 1768, were never merged). An idle consumer with a producer
 * takes five times the CPU it needs. A look is needed only while something waits.
 */
const { scheduleCheckPendingRequests } = RequestQueue.prototype;

RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
};
