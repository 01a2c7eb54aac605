import { doubleField, floatField, integerField, messageField, stringField } from './protobuf.js';

/** When and where in a training something was: seconds since 1970, and the step counted through all epochs. */
export interface EventTime {
  readonly wallTime: number;
  readonly step: number;
}

// Fields of the messages Event, Summary and SessionLog (tensorflow/core/util/event.proto, framework/summary.proto).
const eventFields = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const;
const summaryFields = { value: 1, tag: 1, simpleValue: 2 } as const;
const sessionLogFields = { status: 1, start: 1 } as const;

/** The first event of every file: it says in which form the others are. */
export function fileVersionEvent(wallTime: number): Buffer {
  return Buffer.concat([
    doubleField(eventFields.wallTime, wallTime),
    stringField(eventFields.fileVersion, 'brain.Event:2'),
  ]);
}

/** Says that the training goes on at this step: TensorBoard drops what earlier files say of it and of later ones. */
export function restartEvent({ wallTime, step }: EventTime): Buffer {
  const status = integerField(sessionLogFields.status, sessionLogFields.start);
  return Buffer.concat([...timeOf({ wallTime, step }), messageField(eventFields.sessionLog, [status])]);
}

/** Numbers by their names, such as `validation/loss`, as TensorBoard's scalars plugin shows them; kept in 32 bits. */
export function scalarsEvent(scalars: Readonly<Record<string, number>>, time: EventTime): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    messageField(summaryFields.value, [
      stringField(summaryFields.tag, tag),
      floatField(summaryFields.simpleValue, value),
    ]),
  );
  return Buffer.concat([...timeOf(time), messageField(eventFields.summary, values)]);
}

function timeOf({ wallTime, step }: EventTime): Buffer[] {
  return [doubleField(eventFields.wallTime, wallTime), integerField(eventFields.step, step)];
}
