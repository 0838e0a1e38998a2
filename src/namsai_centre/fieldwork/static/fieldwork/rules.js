// Plausibility and balance in the plant: the rules come with the pack, nothing is asked of the server.
import { rounded } from "./numbers.js";

const DAY = 86400000;

// Days since the last reading, by the phone's clock where it fits the visit, else by the day of the visit.
export function daysSince(last, pack, now = new Date()) {
  if (!last || !last.on) return null;
  const visit = new Date(`${pack.visit.on}T12:00:00+07:00`);
  const packed = new Date(pack.packed_at);
  let at = now < packed ? packed : now;
  if (Math.abs(at - visit) > 60 * DAY) at = visit;
  const days = Math.round((at - new Date(`${last.on}T12:00:00+07:00`)) / DAY);
  return days > 0 ? days : null;
}

// What a reading says: {used, perDay, problems: [{key, facts, hard}]}; `hard` problems must be confirmed before saving.
export function judgeReading(value, meter, pack, now = new Date()) {
  const problems = [];
  const last = meter.last;
  if (value < 0) problems.push({ key: "below_zero", facts: {}, hard: true });
  if (!last) return { used: null, perDay: null, problems };
  const used = value - last.value;
  if (used < 0) { problems.push({ key: "below", facts: { value: last.value }, hard: true }); return { used: null, perDay: null, problems }; }
  const days = daysSince(last, pack, now);
  const perDay = days ? used / days : null;
  if (perDay !== null && meter.usual > 0) {
    const times = perDay / meter.usual;
    if (times > meter.most) problems.push({ key: "above_usual", facts: { times: rounded(times), usual: rounded(meter.usual) }, hard: true });
    else if (times < 1 / meter.most) problems.push({ key: "below_usual", facts: { usual: rounded(meter.usual) }, hard: false });
  }
  if (perDay !== null && meter.capacity > 0 && perDay > meter.capacity)
    problems.push({ key: "above_capacity", facts: { capacity: rounded(meter.capacity) }, hard: true });
  return { used: rounded(used), perDay: perDay === null ? null : rounded(perDay), problems };
}

// What an estimate says against the case: far more or far less than there, in units that can be compared.
const FAR = 5;
export function judgeStream(amount, unit, item, pack) {
  const { known } = item;
  const times = pack.visit.basis === "period" ? 1 : pack.visit.per_period;
  const [mine, theirs] = [pack.units[unit], pack.units[known?.unit]];
  if (!(amount > 0) || !(known?.value > 0) || !times || !mine || !theirs || mine[0] !== theirs[0]) return [];
  const ratio = (amount * mine[1] * times) / (known.value * theirs[1]);
  if (ratio > FAR) return [{ key: "far_above", facts: { times: rounded(ratio) } }];
  return ratio < 1 / FAR ? [{ key: "far_below", facts: { times: rounded(1 / ratio) } }] : [];
}

// The kg of a stream estimate; null where the unit has no weight.
function kilograms(fields, line, units) {
  const unit = units[fields.unit];
  const kg = unit && line.kg[unit[0]];
  return kg === undefined || fields.amount === null || fields.amount === undefined ? null : fields.amount * unit[1] * kg;
}

// One balance: sums of what is known, what is still missing, and the gap when nothing is.
// `taken(subject)` gives the fields of the entry about a subject, or undefined.
export function balance(one, pack, taken, now = new Date()) {
  const sum = { in: 0, out: 0 };
  const lines = one.lines.map((line) => {
    let kg = null;
    let from = "missing";
    if (line.subject && line.subject.startsWith("stream:")) {
      const fields = taken(line.subject);
      if (fields && fields.amount !== undefined) { kg = kilograms(fields, line, pack.units); from = kg === null ? "not_weighable" : "measured"; }
    } else if (line.subject) {
      const meter = pack.sheets.meters.find((m) => m.subject === line.subject);
      const fields = taken(line.subject);
      if (meter && fields && fields.value !== undefined) {
        const { perDay } = judgeReading(fields.value, meter, pack, now);
        kg = perDay === null ? null : kilograms({ amount: perDay, unit: meter.unit }, line, pack.units);
        from = kg === null ? "not_weighable" : "measured";
      }
    }
    if (kg === null && from === "missing" && !line.subject && line.have !== null) { kg = line.have; from = "from_case"; }
    if (kg !== null) sum[line.side] += kg;
    return { ...line, kg, from };
  });
  const missing = lines.filter((l) => l.kg === null);
  const gap = missing.length ? null : sum.in - sum.out;
  return { lines, sum, missing, gap, share: gap === null || !sum.in ? null : gap / sum.in };
}
