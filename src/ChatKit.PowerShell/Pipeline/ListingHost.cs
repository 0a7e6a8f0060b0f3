// A cmdlet as its listings see it.
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.PowerShell.Commands;

namespace ChatKit.PowerShell;

/// <param name="command">The cmdlet.</param>
/// <param name="progress">Counts what is written.</param>
/// <param name="write">Writes an element.</param>
/// <param name="toError">Makes the record of a failure: what failed, where to go on, and how many came before it.</param>
internal sealed class ListingHost<T>(ConnectedCommand command, WorkProgress progress, Action<T> write, Func<Exception, string?, int, ErrorRecord> toError) : IListingHost<T>
{
    public TResult WaitFor<TResult>(Task<TResult> task) => progress.WaitFor(task, command.StopToken);

    public void Write(T element)
    {
        progress.Advance();
        write(element);
    }

    public void WriteExchanges(IReadOnlyList<ChatKitExchange> exchanges) => command.WriteExchanges(exchanges);

    public void WriteFailure(Exception failure, string? cursor, int written) => command.WriteError(toError(failure, cursor, written));

    public void WriteStuck(string? lastId, string? cursor, int written) => command.WriteError(ErrorRecords.StuckCursor(lastId, cursor, written));
}
