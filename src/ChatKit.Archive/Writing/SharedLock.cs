// The lock of an archive, which is kept as long as work goes on that needs it.
using System;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// Releases a lock when its owner has disposed it and the work that uses it has ended, whichever comes last. Whoever is
/// stopped does not wait for what is being written, but nobody else may write meanwhile.
/// </summary>
/// <param name="held">The lock.</param>
internal sealed class SharedLock(IDisposable held) : IDisposable
{
    private readonly object _gate = new();
    private int _users = 1;
    private bool _isDisposed;

    /// <summary>Begins work that needs the lock. It ends when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">The lock was disposed before.</exception>
    public IDisposable Use()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new OperationCanceledException("The archive was closed before the work began.");
            }

            _users++;
            return new User(this);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Leave();
            }
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                held.Dispose();
            }
        }
    }

    private sealed class User(SharedLock owner) : IDisposable
    {
        private SharedLock? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave();
    }
}
