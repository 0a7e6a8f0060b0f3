// The manifest as its JSON has it. What may be absent is checked when the document is read.
using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace ChatKit.Archive;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ManifestDocument
{
    public string? Format { get; set; }

    public int Version { get; set; }

    public string? CreatedBy { get; set; }

    public ProjectDocument? Project { get; set; }

    public QueryDocument? Query { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? UpdatedAt { get; set; }

    public bool? Complete { get; set; }

    public long? Threads { get; set; }

    public long? Items { get; set; }

    public long? Attachments { get; set; }

    public long? Bytes { get; set; }

    public List<PartDocument?>? Parts { get; set; }

    public List<FailedDocument?>? Failed { get; set; }

    public List<string?>? Gone { get; set; }

    /// <summary>Since version 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<string?>? Missing { get; set; }

    /// <summary>Since version 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<RunDocument?>? Runs { get; set; }

    /// <summary>Since version 2; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<ErasedDocument?>? Erased { get; set; }

    /// <summary>Since version 3; absent where no version was dropped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? VersionsSince { get; set; }

    /// <summary>Since version 2: the SHA-256 of the file as it is with zeros for these digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Seal { get; set; }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record ProjectDocument
    {
        public string? BaseUri { get; set; }

        public string? Organization { get; set; }

        public string? Project { get; set; }

        /// <summary>Since version 2: what the API's response headers said.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? SeenOrganization { get; set; }

        /// <summary>Since version 2: what the API's response headers said.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? SeenProject { get; set; }
    }

    /// <summary>
    /// One of <see cref="Users"/>, <see cref="All"/> and <see cref="Ids"/>; none where the query is not known.
    /// </summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record QueryDocument
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public List<string?>? Users { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? All { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? Ids { get; set; }

        public DateTime? CreatedAfter { get; set; }

        public DateTime? CreatedBefore { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record PartDocument
    {
        public string? Name { get; set; }

        public long? Lines { get; set; }

        public long? Bytes { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Sha256 { get; set; }

        /// <summary>Since version 2; absent where it is false.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? Open { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record FailedDocument
    {
        public string? Id { get; set; }

        public string? Kind { get; set; }

        public string? Reason { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record ErasedDocument
    {
        public string? Id { get; set; }

        public DateTime? At { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record RunDocument
    {
        public DateTime? StartedAt { get; set; }

        public DateTime? EndedAt { get; set; }

        public string? By { get; set; }

        public QueryDocument? Query { get; set; }

        public bool? Update { get; set; }

        /// <summary>Absent where it is false.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? Copied { get; set; }

        public long? Listed { get; set; }

        public long? Fetched { get; set; }

        public long? Unchanged { get; set; }

        /// <summary>Absent where there are none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public long? Idle { get; set; }

        public long? Failed { get; set; }

        public long? Gone { get; set; }

        public bool? Complete { get; set; }
    }
}
