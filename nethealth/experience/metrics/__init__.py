"""Survey metrics: questions, outcomes, comparisons, and who responded."""
