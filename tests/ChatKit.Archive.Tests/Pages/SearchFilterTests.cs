// The filter of the pages' search never hides a shard that has the word, whatever the case of its letters.
using System;
using System.Linq;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class SearchFilterTests
{
    [Fact]
    public void A_letter_and_its_capital_have_the_same_bits()
    {
        foreach (char c in Enumerable.Range(0, char.MaxValue).Select(code => (char)code))
        {
            char capital = char.ToUpperInvariant(c);

            // A regular expression of JavaScript takes no other letter for one of ASCII.
            if (c < '\u0080' || capital >= '\u0080')
            {
                Assert.True(Bits($"ab{c}").SequenceEqual(Bits($"ab{capital}")), $"U+{(int)c:X4}");
            }
        }
    }

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("a+1", 1)]
    [InlineData("crème", 3)]
    [InlineData("ÄÖÜß", 2)]
    [InlineData("срок", 2)]
    [InlineData("ёжик", 2)]
    [InlineData("ab cd", 0)]
    [InlineData("請求書", 3)]
    [InlineData("ab請c", 1)]
    [InlineData("שלום", 4)]
    [InlineData("😀", 2)]
    [InlineData("σκύλος", 0)]
    public void Three_characters_in_a_row_have_a_bit_and_so_has_one_of_a_script_without_case(string text, int bits) =>
        Assert.Equal(bits, Bits(text).Sum(each => Convert.ToString(each, 2).Count(bit => bit == '1')));

    [Fact]
    public void Characters_that_count_are_told_apart() =>
        Assert.False(Bits("срок").SequenceEqual(Bits("срот")));

    private static byte[] Bits(string text)
    {
        byte[] bits = new byte[SearchFilter.Length];
        SearchFilter.Add(bits, text);
        return bits;
    }
}
