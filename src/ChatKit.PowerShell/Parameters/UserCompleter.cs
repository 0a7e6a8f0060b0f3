// Completes end users.
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.PowerShell;

internal sealed class UserCompleter : HistoryCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates(CompletionHistory history) =>
        history.Threads().Where(thread => !string.IsNullOrEmpty(thread.User))
            .Select(thread => (thread.User!, NoteOf(thread.User)));
}
