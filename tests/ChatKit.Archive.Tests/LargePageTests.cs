// A page of items that is larger than the connection takes is asked for in smaller ones.
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class LargePageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(250)]
    public async Task A_thread_with_large_items_is_fetched_in_pages_that_fit(int items)
    {
        using Site site = new();
        site.Add("cthr_1", 1, items);
        site.MaximumResponseSize = 1500;
        await site.ExportAsync();
        Assert.Empty(site.Failures);
        site.AssertWhole();
        Assert.Equal(1, (await site.ExportAsync(options => options.Update = true)).Run.Unchanged);
    }

    [Fact]
    public async Task One_item_that_does_not_fit_is_the_failure_of_its_thread()
    {
        using Site site = Site.Of(2);
        string item = $$"""{"id":"i","text":"{{new string('x', 3000)}}"}""";
        site.Add("cthr_large", 3, null, """{"id":"cthr_large"}""", item);
        site.MaximumResponseSize = 2000;
        await site.ExportAsync();
        Assert.Equal("cthr_large", Assert.Single(site.Failures).Id);
        Assert.Equal(2, site.Lines().Length);
        Assert.True(site.Requests.Count < 30);
    }
}
