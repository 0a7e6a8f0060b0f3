// Completes the ids of sessions.
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.PowerShell;

internal sealed class SeenSessionCompleter : SeenCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates() => Seen.Sessions().Select(id => (id, NoteOf(id)));
}
