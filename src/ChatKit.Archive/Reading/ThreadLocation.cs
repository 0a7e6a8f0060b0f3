// Where the last line of a thread is in an archive, in little memory.
namespace ChatKit.Archive;

/// <summary>The location of a thread's last line, and what the line counts for.</summary>
internal sealed class ThreadLocation
{
    /// <summary>The index of the part; below zero where no line has been written.</summary>
    public int Part { get; private set; } = -1;

    public long Offset { get; private set; }

    /// <summary>Without the line feed.</summary>
    public int Length { get; private set; }

    public int Items { get; private set; }

    public int Attachments { get; private set; }

    public bool IsWritten => Part >= 0;

    /// <summary>Whether the thread was erased from the archive, and is not to be fetched again.</summary>
    public bool IsErased { get; set; }

    /// <summary>Whether this run found the thread at its source.</summary>
    public bool IsFound { get; set; }

    public void Place(int part, long offset, int length, int items, int attachments) =>
        (Part, Offset, Length, Items, Attachments) = (part, offset, length, items, attachments);
}
