"""JSON of Microsoft Graph to Remote* records. Pure; BadResponseError names the wrong field.

One module per noun; ``values`` reads single fields.
"""
