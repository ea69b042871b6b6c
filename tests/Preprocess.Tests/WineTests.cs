using System.Globalization;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class WineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Wine_is_178_rows_of_13_features_in_3_classes()
    {
        var data = ShippedData.Read("wine", ShippedData.Wine);

        Assert.Equal([13], data.Shape);
        Assert.Equal(3, data.Classes);
        Assert.Null(data.Bytes);
        Assert.Equal(0, data.PublishedTest);
        Assert.Equal(
            [59, 71, 48],
            Enumerable.Range(0, 3).Select(grower => data.Labels.Count(label => label == grower))
        );
        Assert.Equal(
            [14.23f, 1.71f, 2.43f, 15.6f, 127f, 2.8f, 3.06f, 0.28f, 2.29f, 5.64f, 1.04f, 3.92f, 1065f],
            data.Floats![..13]
        );
    }

    [Fact]
    public void Every_value_is_as_the_file_has_it()
    {
        var data = ShippedData.Read("wine", ShippedData.Wine);

        var raw = ShippedData.WineLines().Skip(1).Select(line => line.Split(',')).ToArray();

        Assert.Equal(
            raw.SelectMany(row => row[..13].Select(field => float.Parse(field, CultureInfo.InvariantCulture))),
            data.Floats!
        );
        Assert.Equal(raw.Select(row => int.Parse(row[13], CultureInfo.InvariantCulture)), data.Labels);
    }

    [Theory]
    [InlineData("178,13,class_0,class_1")]
    [InlineData("178,12,class_0,class_1,class_2")]
    [InlineData("150,4,setosa,versicolor,virginica")]
    [InlineData("14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065,0")]
    public void A_wrong_first_line_is_refused(string head) =>
        Refuses(() => Changed(1, _ => head), ":1: the first line should read 178,13 and three class names.");

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e39")]
    [InlineData("14;23")]
    public void A_measurement_that_is_no_finite_number_is_named_with_row_and_column(string value) =>
        Refuses(() => Changed(2, line => value + line[5..]), $":2: '{value}' in column 1 is not a number.");

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("0.0")]
    [InlineData("")]
    public void A_class_that_is_none_is_named_with_its_row(string label) =>
        Refuses(() => Changed(179, line => line[..^1] + label), $":179: '{label}' is not a class in 0…2.");

    [Fact]
    public void A_row_with_a_column_missing_is_named() =>
        Refuses(() => Changed(4, line => line[..^2]), ":4: there are 13 columns; 14 are expected.");

    [Fact]
    public void An_empty_line_is_named() => Refuses(() => Changed(9, _ => ""), ":9: the line is empty; delete it.");

    [Fact]
    public void A_file_that_ends_too_early_is_refused() =>
        Refuses(() => Read(ShippedData.WineLines()[..^1]), ":179: the file ends there; 178 rows are expected.");

    [Fact]
    public void A_row_too_many_is_refused() =>
        Refuses(
            () => Read([.. ShippedData.WineLines(), ShippedData.WineLines()[^1]]),
            ":180: there are more than 178 rows."
        );

    [Fact]
    public void An_empty_file_is_refused() =>
        Refuses(() => Read([]), ":1: the first line should read 178,13 and three class names.");

    private DataSet Read(string[] lines) => ShippedData.Read("wine", folder.Write("wine_data.csv", lines));

    private DataSet Changed(int line, Func<string, string> change)
    {
        var lines = ShippedData.WineLines();
        lines[line - 1] = change(lines[line - 1]);
        return Read(lines);
    }

    private void Refuses(Func<object> read, string sentence)
    {
        var e = Assert.Throws<InvalidDataException>(read);

        Assert.Equal(folder.PathOf("wine_data.csv") + sentence, e.Message);
    }
}
