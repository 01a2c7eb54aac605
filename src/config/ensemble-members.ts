import type { JoinedMember, ModelConfig, PlannedMember } from './schema.js';

/** The runs that an ensemble was made of; none of one that is to be trained, and of any other model. */
export function joinedMembers(model: ModelConfig): JoinedMember[] {
  return model.type === 'ensemble' ? model.members.filter((member) => 'name' in member) : [];
}

/** The configs that an ensemble is to be trained by; none of one that was made, and of any other model. */
export function plannedMembers(model: ModelConfig): PlannedMember[] {
  return model.type === 'ensemble' ? model.members.filter((member) => 'config' in member) : [];
}
