// What Get-ChatKitThread lists: user by user, within the dates.
using System;
using System.Linq;
using ChatKit.PowerShell.Commands;

namespace ChatKit.PowerShell;

internal static class ThreadListing
{
    public static void Write(GetChatKitThreadCommand command, WorkProgress progress)
    {
        if (command.User is { Length: > 1 } && (command.After ?? command.Before) is not null)
        {
            command.ThrowTerminatingError(ErrorRecords.CursorOfSeveral());
        }

        int written = 0;
        foreach (string? user in command.User?.Distinct() ?? [null])
        {
            if (written == command.First)
            {
                return;
            }

            ChatKitListOptions query = new() { Order = command.Order, After = command.After, Before = command.Before, User = user };
            ListingHost<ChatKitThread> host = new(command, progress, command.WriteThread, (failure, cursor, count) => ErrorRecords.ForThreadList(failure, user, cursor, count));
            Listing<ChatKitThread> listing = new(command.Client.ListThreadsAsync, query, Range(command, command.First - written), host, command.StopToken);
            listing.Run();
            written += listing.Written;
        }
    }

    private static ListingRange<ChatKitThread> Range(GetChatKitThreadCommand command, int? first)
    {
        DateTime? after = command.CreatedAfter?.UtcDateTime;
        DateTime? before = command.CreatedBefore?.UtcDateTime;
        ListingRange<ChatKitThread> range = new() { First = first, PageSize = command.PageSize };
        if (after is not null || before is not null)
        {
            // A thread without a date matches no bound, and ends nothing.
            range.Wants = thread => Created(thread) is { } created && !(created <= after) && !(created >= before);
            range.EndsAt = command.Order == ChatKitOrder.Ascending ? thread => Created(thread) >= before : thread => Created(thread) <= after;
        }

        return range;
    }

    private static DateTime? Created(ChatKitThread thread) => thread.CreatedAt?.ToUniversalTime();
}
