import type { ProgramDefinition, SavedProgram } from '../catalog/port.ts';
import { formatSignature } from '../wat/signature.ts';
import type { Turn } from './turn.ts';
import { usablePrograms } from './turn-catalog.ts';

/** What can be called by name in this turn, as Markdown: the installation's programs, then the workspace's. */
export function describePrograms(turn: Turn): string {
  const installed = turn.settings.catalog.list().map(describeProgram);
  const usable = usablePrograms(turn);
  const saved = (turn.request.shelf?.programs ?? []).map((program) =>
    describeSaved(program, usable.includes(program)),
  );
  const sections = [
    section('Programs of the catalog', installed),
    section('Saved in this workspace', saved),
    'Call one with `@use name("text", 1, true)`.',
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `**${title}**\n${lines.join('\n')}`;
}

function describeProgram({ name, signature, description }: ProgramDefinition): string {
  return `- \`${name}${formatSignature(signature)}\` ${description}`;
}

function describeSaved(program: SavedProgram, isUsable: boolean): string {
  const { name, signature, description, savedBy, savedAt, grants, hash } = program;
  const may = grants.length === 0 ? '' : `, may use ${grants.join(', ')}`;
  const day = new Date(savedAt).toISOString().slice(0, 10);
  const note = isUsable
    ? ''
    : ' **Cannot be used: the catalog has a program of this name by now, or its signature cannot be read.**';
  return `- \`${name}${signature}\` ${description} _(saved by \`${savedBy}\` on ${day}${may}; ${hash.slice(0, 12)})_${note}`;
}
