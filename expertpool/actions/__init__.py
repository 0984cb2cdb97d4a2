"""One verb per file: permission → lock → check → change → log."""
