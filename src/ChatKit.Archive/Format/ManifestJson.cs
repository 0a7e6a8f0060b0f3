// The manifest as bytes: read strictly, and sealed with a hash of itself.
using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Archive;

internal static class ManifestJson
{
    /// <summary>The newest version of the format, which an archive has once it needs it.</summary>
    public const int Newest = 3;

    /// <summary>The version in which the manifest got its seal.</summary>
    public const int FirstSealed = 2;

    private const string Format = "chatkit-archive";

    private static readonly string Zeros = new('0', HashText.Length);

    // Ids and reasons are read by people: only what JSON needs is escaped.
    private static readonly ManifestJsonContext Json =
        new(new JsonSerializerOptions(ManifestJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] Write(ChatKitArchiveManifest manifest)
    {
        manifest.Version = manifest.IsOptimized ? Newest : FirstSealed;
        ManifestDocument document =
            ManifestMap.ToDocument(manifest) with { Format = Format, Version = manifest.Version, Seal = Zeros };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(document, Json.ManifestDocument);
        Encoding.ASCII.GetBytes(HashText.Of(json)).CopyTo(json, SealOf(json));
        return json;
    }

    /// <exception cref="ChatKitArchiveException">
    /// It is not the manifest of an archive, or not one that this version can read.
    /// </exception>
    public static ChatKitArchiveManifest Read(byte[] json)
    {
        try
        {
            int version = VersionOf(json);
            if (version is < 1 or > Newest)
            {
                throw new ChatKitArchiveException(
                    ChatKitArchiveErrorKind.UnsupportedArchive,
                    $"The archive has version {version} of the format; this module knows versions 1 to {Newest}.");
            }

            ManifestDocument document = JsonSerializer.Deserialize(json, Json.ManifestDocument)!;
            CheckSeal(json, document);
            ChatKitArchiveManifest manifest = ManifestMap.ToManifest(document);
            manifest.Sha256 = HashText.Of(json);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or
            FormatException or ArgumentException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged,
                $"The {ChatKitArchiveManifest.FileName} is damaged: {PrintableText.Excerpt(e.Message, 300)}",
                e);
        }
    }

    /// <summary>The version, whatever else a later one may have.</summary>
    private static int VersionOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement format) &&
            format.ValueKind == JsonValueKind.String && format.GetString() == Format
            ? root.GetProperty("version").GetInt32()
            : throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.NotAnArchive,
                $"The {ChatKitArchiveManifest.FileName} is that of something else than an archive of threads.");
    }

    /// <summary>A manifest of version 2 has to be what was written, to the last byte.</summary>
    private static void CheckSeal(byte[] json, ManifestDocument document)
    {
        if (document.Version == 1)
        {
            Expect(
                document is { Seal: null, Runs: null, Missing: null, Erased: null, VersionsSince: null },
                "It has what version 1 of the format does not know.");
            return;
        }

        int at = SealOf(json);
        byte[] blank = (byte[])json.Clone();
        Encoding.ASCII.GetBytes(Zeros).CopyTo(blank, at);
        Expect(
            Encoding.ASCII.GetString(json, at, HashText.Length) == HashText.Of(blank),
            "It is not as it was written: its seal is another.");
    }

    /// <summary>Where the digits of the seal are.</summary>
    private static int SealOf(byte[] json)
    {
        int at = -1;
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            bool isMember = reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName;
            if (isMember && reader.ValueTextEquals("seal"u8))
            {
                reader.Read();
                Expect(
                    reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length == HashText.Length,
                    "It has no seal.");
                at = (int)reader.TokenStartIndex + 1;
            }
        }

        Expect(at >= 0, "It has no seal.");
        return at;
    }

    private static void Expect(bool isSo, string message)
    {
        if (!isSo)
        {
            throw new FormatException(message);
        }
    }
}
