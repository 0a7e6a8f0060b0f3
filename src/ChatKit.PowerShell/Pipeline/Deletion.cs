// One deletion from its request to its record: what came of it stays known, however the pipeline ends.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <param name="thread">The thread to delete.</param>
internal sealed class Deletion(ChatKitThreadReference thread) : IProgress<ChatKitExchange>
{
    private readonly TaskCompletionSource<bool> _done = new();
    private ChatKitExchange? _last;
    private int _attempts;
    private IProgress<ChatKitExchange>? _exchanges;

    public ChatKitThreadReference Thread { get; } = thread;

    /// <summary>The record; null where the thread was not deleted, or it is not known.</summary>
    public ChatKitThreadRemoval? Removal { get; private set; }

    /// <summary>Whether the request was begun.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Whether the outcome is in the proof; false where there is no proof.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>Whether the outcome is known: the thread was deleted, or it was not.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Is done once the deletion has ended, however it did.</summary>
    public Task Task => _done.Task;

    /// <summary>Sends the request. The outcome is in the proof before the task ends.</summary>
    /// <returns>The record; null where the server answers that it did not delete.</returns>
    public async Task<ChatKitThreadRemoval?> RunAsync(
        ChatKitClient client, DeletionProof? proof, IProgress<ChatKitExchange> exchanges, CancellationToken stopping)
    {
        _exchanges = exchanges;
        IsBegun = true;
        try
        {
            return await DeleteAsync(client, proof, stopping).ConfigureAwait(false);
        }
        finally
        {
            _done.SetResult(true);
        }
    }

    void IProgress<ChatKitExchange>.Report(ChatKitExchange value)
    {
        _last = value;
        _attempts++;
        _exchanges!.Report(value);
    }

    private async Task<ChatKitThreadRemoval?> DeleteAsync(
        ChatKitClient client, DeletionProof? proof, CancellationToken stopping)
    {
        try
        {
            bool deleted = await client.DeleteThreadAsync(Thread.Id!, this, stopping).ConfigureAwait(false);
            Removal = deleted ? new ChatKitThreadRemoval(Thread, _last!) : null;

            // A "not deleted" after an attempt that nobody answered says nothing of that attempt.
            IsKnown = deleted || _attempts == 1;
            string? note = deleted ? _last!.StatusCode == 404 ? "NotFoundAfterRetry" : null : "NotDeleted";
            IsRecorded =
                proof?.Append(Thread, IsKnown ? deleted : null, Removal?.RemovedAt, _last?.RequestId, note) == true;
            return Removal;
        }
        catch (Exception e)
        {
            ChatKitApiException? failure = e as ChatKitApiException;
            IsKnown = failure is { MayHaveBeenCarriedOut: false };
            string error =
                failure?.Kind.ToString() ?? (e is OperationCanceledException ? "Cancelled" : "UnexpectedError");
            IsRecorded = proof?.Append(Thread, IsKnown ? false : null, null, _last?.RequestId, error) == true;
            throw;
        }
    }
}
