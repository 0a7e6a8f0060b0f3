// Completes the ids of threads.
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.PowerShell;

internal sealed class ThreadIdCompleter : HistoryCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates(CompletionHistory history) =>
        history.Threads().Select(thread => (thread.Id, NoteOf(thread.Title, thread.User)));
}
