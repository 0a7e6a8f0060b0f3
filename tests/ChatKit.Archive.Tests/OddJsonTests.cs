// What nobody expects in a thread goes into an archive as it was sent.
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class OddJsonTests
{
    [Fact]
    public async Task What_is_odd_in_JSON_comes_through_byte_for_byte()
    {
        using Site site = new();
        site.Add("cthr_é 🧾", 3, null, """{"created_at":1E0,"a":1,"a":2,"id":"cthr_é \ud83e\uddfe","new":{"b":[-0.0,1e-400,123456789012345678901234567890]},"t":"\/ \u0000 \u2028"}""", """{"type":"new.kind","id":"i\u0031","attachments":null}""");
        site.Add("cthr_deep", 2, null, $$"""{"id":"cthr_deep","x":{{string.Concat(Enumerable.Repeat("[", 55))}}{{string.Concat(Enumerable.Repeat("]", 55))}}}""");
        site.Add(
            "cthr_half",
            1,
            null,
            """{"id":"cthr_half","user":"\ud83e","title":"\ud83e","\ud83e":1}""",
            """{"type":"x","id":"\udd00","\ud83e":"\ud83e","attachments":[1]}""");
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Empty(site.Failures);
        Assert.Equal((3, 2, 1), (result.Manifest.Threads, result.Manifest.Items, result.Manifest.Attachments));
        site.AssertWhole();
    }

    [Fact]
    public async Task What_nobody_could_read_is_kept_all_the_same()
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, """{"object":"chatkit.thread.v9","id":"cthr_1","created_at":"soon","title":{"en":"T"},"status":7,"user":[],"items":[]}""", """{"id":7,"type":[],"created_at":"NaN","content":"plain","attachments":"none"}""");
        site.Add("cthr_2", 1, null, """{"id":"cthr_2","created_at":1e400}""");
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Empty(site.Failures);
        Assert.True(result.Manifest.Complete);
        site.AssertWhole();
    }
}
