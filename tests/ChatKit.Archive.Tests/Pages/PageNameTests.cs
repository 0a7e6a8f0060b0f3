// The names of pages: safe on Windows, and two ids never share one.
using System;
using System.Linq;

namespace ChatKit.Tests;

public class PageNameTests
{
    [Theory]
    [InlineData("cthr_abc123")]
    [InlineData("cthr_87723fc105d825c9cbe18dba5dbfac3150bb666c39f683c9")]
    [InlineData("0-_z")]
    [InlineData("com10")]
    [InlineData("console")]
    public void An_id_that_is_safe_is_the_name(string id) => Assert.Equal(id, Archive.PageName.Of(id));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("\\\\server\\share")]
    [InlineData("con")]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("Aux")]
    [InlineData("prn")]
    [InlineData("com1")]
    [InlineData("LPT9")]
    [InlineData("com0")]
    [InlineData("nul.txt")]
    [InlineData("trailing.")]
    [InlineData("trailing ")]
    [InlineData("-rf")]
    [InlineData("a:b")]
    [InlineData("a*?\"<>|b")]
    [InlineData("a\0b\n")]
    [InlineData("\u202Ecthr")]
    [InlineData("\u212Aelvin")]
    [InlineData("日本")]
    [InlineData("😀")]
    [InlineData("with~0123456789abcdef")]
    public void Any_other_gets_a_name_that_is(string id)
    {
        string name = Archive.PageName.Of(id);
        Assert.Matches("^[a-z0-9_][a-z0-9_-]*~[0-9a-f]{16}$|^~[0-9a-f]{16}$", name);
        Assert.InRange(name.Length, 1, Archive.PageName.MaximumLength);
    }

    [Fact]
    public void The_longest_id_that_is_kept_has_the_length_of_the_longest_name()
    {
        string longest = new('a', Archive.PageName.MaximumLength);
        Assert.Equal(longest, Archive.PageName.Of(longest));
        Assert.Equal(Archive.PageName.MaximumLength, Archive.PageName.Of(longest + "a").Length);
        Assert.NotEqual(Archive.PageName.Of(longest + "a"), Archive.PageName.Of(longest + "b"));
    }

    [Fact]
    public void Ids_that_differ_only_in_case_or_in_what_is_not_safe_have_names_that_differ_without_regard_to_case()
    {
        string[] ids = ["cthr_abc", "cthr_Abc", "cthr_ABC", "CTHR_ABC", "cthr/abc", "cthr\\abc", "cthr abc", "cthr.abc", "cthr_abc ", "cthr_abc."];
        Assert.Equal(ids.Length, ids.Select(Archive.PageName.Of).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_name_of_one_id_is_not_the_id_of_another() =>
        Assert.NotEqual(Archive.PageName.Of("Abc"), Archive.PageName.Of(Archive.PageName.Of("Abc")));

    [Fact]
    public void The_name_of_an_id_stays_as_it_is_from_one_version_to_the_next() =>
        Assert.Equal(
            "cthr_abc~" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("cthr_ABC"u8))[..16],
            Archive.PageName.Of("cthr_ABC"));
}
