// How much of an archive has been read: counted on one thread, shown on another.
using System;
using System.Threading;

namespace ChatKit.PowerShell;

internal sealed class ReadProgress
{
    private long _read;
    private long _total;

    /// <summary>So much more has been read.</summary>
    public void Add(long read, long total)
    {
        Interlocked.Add(ref _read, read);
        Interlocked.Exchange(ref _total, total);
    }

    public WorkState ToState() => Of(Interlocked.Read(ref _read), Interlocked.Read(ref _total));

    public static WorkState Of(long read, long total) =>
        new($"{Megabytes(read)} of {Megabytes(total)} MB read", total > 0 ? (double)read / total : null);

    private static string Megabytes(long bytes) => $"{Math.Ceiling(bytes / 1e6):N0}";
}
