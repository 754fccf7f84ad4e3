"""How a workspace comes to be, where its facts come from, and how it stays sound."""
