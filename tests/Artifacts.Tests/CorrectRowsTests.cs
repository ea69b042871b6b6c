using System.Text;

namespace Pipeline.Artifacts.Tests;

public sealed class CorrectRowsTests
{
    [Fact]
    public void Rows_are_written_class_by_class_eight_a_byte_from_the_lowest_bit()
    {
        // Class 0: rows 1, 3 and 4, of which the first two are right: 0b011. Class 2: nine rows, the last alone is right: 0, 1.
        int[] labels = [2, 0, 2, 0, 0, 2, 2, 2, 2, 2, 2, 2];
        bool[] correct = [.. Enumerable.Range(0, 12).Select(row => row is 1 or 3 or 11)];

        Assert.Equal("3:Aw 9:AAE", CorrectRows.Write(correct, labels));
    }

    [Fact]
    public void What_was_written_is_read_class_by_class()
    {
        var classes = CorrectRows.Read("3:Aw 9:AAE");

        Assert.Equal([true, true, false], classes[0]);
        Assert.Equal([false, false, false, false, false, false, false, false, true], classes[1]);
        Assert.Equal(2, classes.Length);
    }

    [Fact]
    public void Rows_survive_their_text_whatever_the_size_of_their_class()
    {
        var random = new Random(1);
        for (var size = 1; size <= 70; size++)
        {
            bool[] first = [.. Enumerable.Range(0, size).Select(_ => random.Next(2) == 0)];
            bool[] second = [.. Enumerable.Range(0, 71 - size).Select(_ => random.Next(2) == 0)];
            int[] labels = [.. Enumerable.Repeat(7, size), .. Enumerable.Repeat(9, 71 - size)];

            Assert.Equal([first, second], CorrectRows.Read(CorrectRows.Write([.. first, .. second], labels)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData(":Aw")]
    [InlineData("3:")]
    [InlineData("3:Aw ")]
    [InlineData("3:Aw  9:AAE")]
    [InlineData("3:A")]
    [InlineData("3:AAE")]
    [InlineData("9:Aw")]
    [InlineData("-3:Aw")]
    [InlineData("three:Aw")]
    [InlineData("3:A/")]
    [InlineData("99999999999:Aw")]
    public void A_damaged_text_is_refused(string text) => Assert.Throws<FormatException>(() => CorrectRows.Read(text));

    // Padding, bits of rows that there aren't, other spellings of a number: texts that read alike but differ are none.
    [Theory]
    [InlineData("3:Aw==")]
    [InlineData("3:_w")]
    [InlineData("3:Ax")]
    [InlineData("03:Aw")]
    [InlineData("0:")]
    [InlineData("3: Aw")]
    [InlineData("3:Aw\n")]
    public void A_text_that_is_never_written_is_refused(string text) =>
        Assert.Throws<FormatException>(() => CorrectRows.Read(text));

    [Fact]
    public void A_result_comes_back_with_its_rows_byte_for_byte()
    {
        const string Json =
            """{"outcome":"completed","steps":1,"metrics":{"test_accuracy":0.25},"curves":{},"correct":"3:Aw 9:AAE","weights":"abc"}""";
        var bytes = Encoding.UTF8.GetBytes(Json);
        var result = ArtifactEncoding.DecodeRunResult(bytes);

        Assert.Equal("3:Aw 9:AAE", result.Correct);
        Assert.Equal(bytes, ArtifactEncoding.Encode(result));
    }
}
