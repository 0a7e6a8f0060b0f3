// Ends a call once it is cancelled, where the handler under it does not: Mono's rarely does not, nor need one of a caller.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class CancellableTask
{
    /// <summary>Ends with the task, or once the token is cancelled, whatever the task does then. What it still brings is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the task ended.</exception>
    public static async Task<T> OrCancelledAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            TaskCompletionSource<T> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return await cancelled.Task.ConfigureAwait(false);
            }
        }

        return await task.ConfigureAwait(false);
    }

    private static void Forget<T>(Task<T> late)
    {
        if (late.Exception is null && !late.IsCanceled)
        {
            (late.Result as IDisposable)?.Dispose();
        }
    }
}
