"""Pure rules and shapes: no library, no clock, no disk."""
