"""Files named by entity: a folder, one .zip, one .xlsx with a sheet per entity, or a single .csv."""

from camdesk.sync.connectors.folder.source import connect

KIND = "folder"

__all__ = ["KIND", "connect"]
