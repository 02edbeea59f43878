"""Answers that help many: questions with their answer, its source and who answers for it."""
