// The one way in: what thread and session references have in common.
using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>
/// Makes references of ids, of the module's own objects, of their deserialized forms, and of rows with an id. Null and
/// blank become references without an id, so that they fail one by one; anything else is an error, never its text.
/// </summary>
internal abstract class ReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";
    private static readonly string DeserializedRow = Deserialized + typeof(PSCustomObject).FullName;

    /// <summary>What it refers to, and by what, for the error.</summary>
    protected abstract string Kinds { get; }

    /// <summary>The types whose deserialized forms are known.</summary>
    protected abstract Type[] KnownTypes { get; }

    /// <summary>The properties that may hold the id in a row, the first that is there.</summary>
    protected abstract string[] IdProperties { get; }

    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        IEnumerable? many = LanguagePrimitives.GetEnumerable(inputData);
        if (many is null)
        {
            return ToReference(inputData);
        }

        object[] references = [.. many.Cast<object?>().Select(ToReference)];
        var typed = Array.CreateInstance(ReferenceOf(null, null).GetType(), references.Length);
        references.CopyTo(typed, 0);
        return typed;
    }

    /// <summary>The reference that an object of the module is; null where it is none.</summary>
    protected abstract object? ReferenceOf(object value);

    /// <summary>The reference of an id, and of the row that it stands in.</summary>
    protected abstract object ReferenceOf(string? id, PSObject? row);

    private protected static object? Value(PSObject? row, string property) =>
        row?.Properties[property]?.Value is PSObject wrapped ? wrapped.BaseObject : row?.Properties[property]?.Value;

    private object ToReference(object? value)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => ReferenceOf(null, null),
            string id => ReferenceOf(id, null),
            PSCustomObject => OfRow((PSObject)value!),
            _ => ReferenceOf(bare) ?? throw Refusal($"not by a {bare.GetType().FullName}"),
        };
    }

    /// <summary>
    /// The reference of a row. What was an object of another type before it was serialized is no row, although it has
    /// properties now.
    /// </summary>
    private object OfRow(PSObject row)
    {
        string? foreign =
            row.TypeNames.FirstOrDefault(name => name.StartsWith(Deserialized, StringComparison.OrdinalIgnoreCase));
        bool isRow = foreign is null || row.TypeNames.Contains(DeserializedRow) ||
            KnownTypes.Any(type => row.TypeNames.Contains(Deserialized + type.FullName));
        if (!isRow)
        {
            throw Refusal($"not by a {PrintableText.OneLine(foreign)}");
        }

        string property = IdProperties.FirstOrDefault(name => row.Properties[name] is not null)
            ?? throw Refusal("and this row has none");
        return Value(row, property) switch
        {
            null => ReferenceOf(null, row),
            string id => ReferenceOf(id, row),
            object other =>
                throw Refusal($"and the {property} of this row is a {other.GetType().FullName}, not a string"),
        };
    }

    private ArgumentTransformationMetadataException Refusal(string why) => new($"{Kinds}, {why}.");
}
