"""Microsoft Teams through Microsoft Graph, behind platforms.contract."""
