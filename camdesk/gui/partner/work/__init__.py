"""What a CAM writes on a partner's page: calls, notes, commitments, tasks, targets, rows, judgements."""
