// Cancels the wait for a task that may ignore its token: Mono's handler sometimes does, and a caller's may.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class CancellableTask
{
    /// <summary>
    /// Waits for the task or for cancellation, whichever comes first. A result that comes too late is disposed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the task ended.</exception>
    public static async Task<T> OrCancelledAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            TaskCompletionSource<T> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration =
                cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                _ = task.ContinueWith(
                    Forget,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
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
