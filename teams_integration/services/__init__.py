"""One module per part of Microsoft Graph; each call names the vendor's page above it."""
