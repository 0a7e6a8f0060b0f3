// Completes the ids of sessions.
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.PowerShell;

internal sealed class SessionIdCompleter : HistoryCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates(CompletionHistory history) =>
        history.Sessions().Select(id => (id, NoteOf(id)));
}
