"""What the pages of entered records share: the list, the editor beside it, drafts, deletion with undo, history."""
