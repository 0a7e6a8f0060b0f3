// Find-ChatKitThreadItem: the items in which a text stands.
using System;
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Finds the items in which a text stands, thread by thread in the order of the list, of each thread oldest first.
/// </summary>
[Cmdlet(VerbsCommon.Find, "ChatKitThreadItem", DefaultParameterSetName = TextSet)]
[OutputType(typeof(ChatKitFoundItem))]
public sealed class FindChatKitThreadItemCommand : ConnectedCommand
{
    private const string TextSet = "Text";
    private const string PatternSet = "Pattern";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private ChatKitSearch? _search;

    /// <summary>The texts, of which any may stand in an item. Case does not matter.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string[] Text { get; set; } = [];

    /// <summary>
    /// A regular expression of .NET. Case does not matter, unless it says <c>(?-i)</c>. It may take a second for each
    /// item.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PatternSet)]
    [ValidateNotNullOrEmpty]
    public string Pattern { get; set; } = "";

    /// <summary>
    /// The end users whose threads to search, in this order; all users' unless given. 1 to 512 characters each.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 512)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? User { get; set; }

    /// <summary>The kinds of items to search, with or without <c>chatkit.</c> before them; all unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemTypeCompleter))]
    public string[]? Type { get; set; }

    /// <summary>
    /// Only items created after this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>
    /// Only items created before this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>How many to find at most; nothing is read beyond.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Searches the titles of threads, too.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter IncludeTitle { get; set; }

    /// <summary>How many requests are in flight at a time: 1 to 512. An archive needs none.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _search = ParameterSetName == PatternSet ? new(Pattern, TimeLimit) : new(Text);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(UsageErrors.InvalidPattern(e, Pattern));
            return;
        }

        _search.Types = Type;
        _search.CreatedAfter = CreatedAfter;
        _search.CreatedBefore = CreatedBefore;
        _search.IncludeTitle = IncludeTitle;
    }

    /// <summary>Searches.</summary>
    protected override void EndProcessing()
    {
        using ThreadSearch search = new(this, _search!, User, ThrottleLimit, First);
        search.Run();
    }
}
