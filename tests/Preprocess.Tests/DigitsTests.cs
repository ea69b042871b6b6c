using System.Globalization;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class DigitsTests : IDisposable
{
    private const string Damaged = " is cut off or damaged: get the file again.";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Digits_are_1797_images_of_8_by_8_in_10_classes()
    {
        var data = ShippedData.Read("digits", ShippedData.Digits);

        Assert.Equal([1, 8, 8], data.Shape);
        Assert.Equal(10, data.Classes);
        Assert.Equal(1797 * 64, data.Bytes!.Length);
        Assert.Null(data.Floats);
        Assert.Equal(0, data.PublishedTest);
        Assert.Equal(
            [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            Enumerable.Range(0, 10).Select(digit => data.Labels.Count(label => label == digit))
        );
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], data.Bytes[..8]);
        Assert.Equal([0, 1, 2], data.Labels[..3]);
    }

    [Fact]
    public void Every_value_is_as_the_file_has_it()
    {
        var data = ShippedData.Read("digits", ShippedData.Digits);

        var raw = ShippedData
            .DigitsLines()
            .Select(line => line.Split(',').Select(field => int.Parse(field, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();

        Assert.Equal(raw.SelectMany(row => row[..64]), data.Bytes!.Select(value => (int)value));
        Assert.Equal(raw.Select(row => row[64]), data.Labels);
    }

    [Fact]
    public void A_decimal_point_is_no_matter() =>
        Assert.Equal(13, Changed(1, line => line.Replace("13", "13.0", StringComparison.Ordinal)).Bytes![3]);

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    public void An_intensity_that_is_none_is_named_with_row_and_column(string value) =>
        Refuses(
            () => Changed(3, line => value + line[1..]),
            $":3: '{value}' in column 1 is not a whole number in 0…16."
        );

    [Fact]
    public void A_class_above_9_is_named_with_its_row() =>
        Refuses(
            () => Changed(1797, line => line[..^1] + "10"),
            ":1797: '10' in column 65 is not a whole number in 0…9."
        );

    [Fact]
    public void A_row_without_its_class_is_named() =>
        Refuses(() => Changed(5, line => line[..^2]), ":5: there are 64 columns; 65 are expected.");

    [Fact]
    public void A_row_with_a_column_too_many_is_named() =>
        Refuses(() => Changed(1797, line => line + ",0"), ":1797: there are 66 columns; 65 are expected.");

    [Fact]
    public void An_empty_line_is_named() => Refuses(() => Changed(7, _ => ""), ":7: the line is empty; delete it.");

    [Fact]
    public void A_file_that_ends_too_early_is_refused() =>
        Refuses(() => Read(ShippedData.DigitsLines()[..^1]), ":1797: the file ends there; 1797 rows are expected.");

    [Fact]
    public void A_row_too_many_is_refused() =>
        Refuses(
            () => Read([.. ShippedData.DigitsLines(), ShippedData.DigitsLines()[0]]),
            ":1798: there are more than 1797 rows."
        );

    [Fact]
    public void An_empty_file_is_refused() =>
        Refuses(
            () => ShippedData.Read("digits", folder.WriteRaw("digits.csv.gz", [])),
            ":1: the file ends there; 1797 rows are expected."
        );

    [Fact]
    public void A_file_that_is_not_gzipped_is_read_as_it_is() =>
        Refuses(
            () => ShippedData.Read("digits", folder.WriteRaw("digits.csv.gz", "0,0,5,13,9,1,0,0,0,0\n"u8.ToArray())),
            ":1: there are 10 columns; 65 are expected."
        );

    [Fact]
    public void A_file_that_is_cut_off_is_refused_wherever_it_is_cut()
    {
        var whole = File.ReadAllBytes(ShippedData.Digits);
        int[] lengths =
        [
            // The first two bytes say that it is gzipped.
            .. Enumerable.Range(2, 40),
            .. Enumerable.Range(1, 40).Select(i => whole.Length * i / 41),
            .. Enumerable.Range(1, 40).Select(i => whole.Length - i),
        ];

        foreach (var length in lengths)
            Refuses(() => ShippedData.Read("digits", folder.WriteRaw("digits.csv.gz", whole[..length])), Damaged);
    }

    [Fact]
    public void A_file_with_a_changed_byte_is_refused()
    {
        var damaged = File.ReadAllBytes(ShippedData.Digits);
        damaged[damaged.Length / 2] ^= 0x10;

        Refuses(() => ShippedData.Read("digits", folder.WriteRaw("digits.csv.gz", damaged)), "");
    }

    private DataSet Read(string[] lines) => ShippedData.Read("digits", folder.Write("digits.csv.gz", lines));

    private DataSet Changed(int row, Func<string, string> change)
    {
        var lines = ShippedData.DigitsLines();
        lines[row - 1] = change(lines[row - 1]);
        return Read(lines);
    }

    private void Refuses(Func<object> read, string sentence)
    {
        var e = Assert.Throws<InvalidDataException>(read);

        Assert.StartsWith(folder.PathOf("digits.csv.gz") + sentence, e.Message, StringComparison.Ordinal);
    }
}
