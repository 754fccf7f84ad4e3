"""The encrypted database: keys, engine, migrations, facts with their changes, and what a person writes."""
