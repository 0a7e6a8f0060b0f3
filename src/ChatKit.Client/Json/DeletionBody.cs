// The response to a deletion.
namespace ChatKit.Json;

/// <summary>The response to a deletion.</summary>
internal sealed class DeletionBody
{
    public string? Id { get; set; }

    public bool? Deleted { get; set; }
}
