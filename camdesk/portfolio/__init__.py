"""The portfolio's schema, said once: entities, columns, types and units. Every other room asks here."""
