// The cmdlet of a listing, as the listing sees it.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <summary>The cmdlet of a listing, as the listing sees it. All of it is called on the pipeline's thread.</summary>
internal interface IListingHost<in T>
{
    TResult WaitFor<TResult>(Task<TResult> task);

    void Write(T element);

    void WriteExchanges(IReadOnlyList<ChatKitExchange> exchanges);

    /// <summary>A page failed; <paramref name="cursor"/> is where to go on, null for the start.</summary>
    void WriteFailure(Exception failure, string? cursor, int written);

    /// <summary>The server says that there is more, but not where, or where the listing has been before.</summary>
    void WriteStuck(string? lastId, string? cursor, int written);
}
