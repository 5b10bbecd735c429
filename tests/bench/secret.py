"""The passphrase of the measured office; alone, so that a measured process can know it without reading services."""

PASSPHRASE = "cây đa bến nước"
