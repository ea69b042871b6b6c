using System.Text;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class CsvFormatTests : IDisposable
{
    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void Every_column_but_the_last_is_a_feature_unless_told_otherwise()
    {
        var read = Read("5.1,3.5,setosa\n7,3.2,virginica\n4.9,-1e-3,setosa\n");

        Assert.Equal([2], read.Shape);
        Assert.Equal(2, read.Classes);
        Assert.Equal([5.1f, 3.5f, 7f, 3.2f, 4.9f, -0.001f], read.Floats!);
        Assert.Null(read.Bytes);
        Assert.Equal([0, 1, 0], read.Labels);
        Assert.Equal(0, read.PublishedTest);
    }

    [Theory]
    [InlineData("species", true)]
    [InlineData("2", true)]
    [InlineData("2", false)]
    public void The_class_may_be_any_column_by_name_or_by_number(string label, bool hasHeader)
    {
        var read = Read((hasHeader ? "length, species ,width\n" : "") + "1,b,2\n3,a,4\n", label, hasHeader);

        Assert.Equal([1f, 2f, 3f, 4f], read.Floats!);
        Assert.Equal([1, 0], read.Labels);
    }

    [Fact]
    public void A_header_of_numbers_is_met_by_name_where_the_number_means_the_same_column()
    {
        Assert.Equal([0, 1], Read("1,2,3\n0,a,5\n0,b,5\n", "2", hasHeader: true).Labels);
        Assert.Equal(
            "x.csv:1: '2' is the name of column 3 and the number of another; rename column 3.",
            data.Refusal(() => Read("0,1,2\n7,a,5\n7,b,5\n", "2", hasHeader: true))
        );
    }

    [Theory]
    [InlineData("10,2,10,1", new[] { 2, 1, 2, 0 })]
    [InlineData("1,1.0,2,1e0", new[] { 0, 0, 1, 0 })]
    [InlineData("-1,1,0,-0", new[] { 0, 2, 1, 1 })]
    [InlineData("10,2,x,1", new[] { 1, 2, 3, 0 })]
    [InlineData("b,B,a,b", new[] { 2, 0, 1, 2 })]
    public void Classes_are_numbered_as_numbers_where_all_are_else_as_texts(string labels, int[] expected)
    {
        var read = Read(string.Concat(labels.Split(',').Select(label => $"0,{label}\n")));

        Assert.Equal(expected, read.Labels);
        Assert.Equal(expected.Max() + 1, read.Classes);
    }

    [Fact]
    public void Quoted_fields_may_hold_commas_quotes_and_line_breaks()
    {
        var read = Read("\"1\",\"a, \"\"b\"\"\nc\"\n2,d\n");

        Assert.Equal([1f, 2f], read.Floats!);
        Assert.Equal(2, read.Classes);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_no_matter()
    {
        data.Folder.WriteRaw("x.csv", [.. Encoding.UTF8.Preamble, .. "species,x\r\na,1\r\nb,2\r\n"u8]);

        Assert.Equal([1f, 2f], data.Read("csv", ["x.csv"], null, "species", true).Floats!);
    }

    [Fact]
    public void Test_rows_come_last_and_take_the_numbers_of_the_training_classes()
    {
        var read = ReadBoth("1,b\n2,c\n3,a\n", "4,c\n5,b\n");

        Assert.Equal([1f, 2f, 3f, 4f, 5f], read.Floats!);
        Assert.Equal([1, 2, 0, 2, 1], read.Labels);
        Assert.Equal((3, 2), (read.Classes, read.PublishedTest));
    }

    [Theory]
    [InlineData("1,a\n,b\n", "x.csv:2: column 1 is empty; fill missing values in or leave the row out.")]
    [InlineData("1,a\n2, \n", "x.csv:2: column 2 is empty; fill missing values in or leave the row out.")]
    [InlineData("1,a\n?,b\n", "x.csv:2: '?' in column 1 is not a number.")]
    [InlineData("1,2,a\n3,NA,b\n", "x.csv:2: 'NA' in column 2 is not a number.")]
    [InlineData("1,a\n0x10,b\n", "x.csv:2: '0x10' in column 1 is not a number.")]
    [InlineData(
        "1,a\n\"1,5\",b\n",
        "x.csv:2: '1,5' in column 1 is not a number; write a point before decimals, as in 1.5."
    )]
    [InlineData("1,a\nNaN,b\n", "x.csv:2: 'NaN' in column 1 is not a finite float32.")]
    [InlineData("1,a\n-Infinity,b\n", "x.csv:2: '-Infinity' in column 1 is not a finite float32.")]
    [InlineData("1,a\n1e39,b\n", "x.csv:2: '1e39' in column 1 is not a finite float32.")]
    [InlineData("1,a\n1e400,b\n", "x.csv:2: '1e400' in column 1 is not a finite float32.")]
    [InlineData("1,a\n2,b,c\n", "x.csv:2: there are 3 columns; 2 are expected.")]
    [InlineData("1,a\n\n2,b\n", "x.csv:2: the line is empty; delete it.")]
    [InlineData(
        "1;a\n2;b\n",
        "x.csv:1: there is one column; a class and at least one feature are expected, with commas between."
    )]
    [InlineData("", "x.csv:1: the file is empty.")]
    [InlineData("1,a\n2,a\n", "x.csv holds no class but 'a'; a data set needs two at least.")]
    [InlineData("1,7\n2,7.0\n", "x.csv holds no class but '7'; a data set needs two at least.")]
    public void A_malformed_file_is_refused_with_row_and_column(string text, string sentence) =>
        Assert.Equal(sentence, data.Refusal(() => Read(text)));

    [Fact]
    public void A_quote_that_is_never_closed_is_refused() =>
        Assert.StartsWith(
            "x.csv:2: it can't be read (",
            data.Refusal(() => Read("1,a\n2,\"b\n3,c\n")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("speces", "x.csv:1: there is no column 'speces'; the nearest name is species.")]
    [InlineData("0", "x.csv:1: there is no column '0'; the nearest name is n.")]
    [InlineData("n", "x.csv:1: columns 1 and 3 are both named 'n'; rename all but the one of the class.")]
    public void A_column_that_is_not_one_of_the_header_is_refused(string label, string sentence) =>
        Assert.Equal(sentence, data.Refusal(() => Read("n,species,n\n1,a,2\n1,b,2\n", label, hasHeader: true)));

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("species")]
    public void Without_header_a_column_goes_by_its_number(string label) =>
        Assert.Equal(
            $"x.csv:1: there is no column {label} among 2; without header a column goes by its number from 1.",
            data.Refusal(() => Read("1,a\n2,b\n", label))
        );

    [Fact]
    public void Names_of_features_may_repeat() =>
        Assert.Equal([0, 1], Read("n,n,c\n1,2,a\n1,2,b\n", "c", hasHeader: true).Labels);

    [Fact]
    public void A_header_alone_is_refused() =>
        Assert.Equal("x.csv:2: there is no row below the header.", data.Refusal(() => Read("n,c\n", hasHeader: true)));

    [Theory]
    [InlineData("x,c\n5,a\n5,z\n", "test.csv:3: the class 'z' is none of the training file's.")]
    [InlineData("x,y,c\n5,6,a\n", "test.csv:1: there are 3 columns; the training file has 2.")]
    [InlineData(
        "y,c\n5,a\n",
        "test.csv:1: column 1 is 'y' and in the training file 'x'; the columns must be the same."
    )]
    [InlineData("x,c\n5,a\n5,\n", "test.csv:3: column 2 is empty; fill missing values in or leave the row out.")]
    public void A_test_file_that_does_not_fit_is_refused(string test, string sentence) =>
        Assert.Equal(sentence, data.Refusal(() => ReadBoth("x,c\n1,a\n2,b\n", test, hasHeader: true)));

    [Fact]
    public void A_class_of_the_test_file_that_training_lacks_is_refused_among_numbers_too()
    {
        Assert.Equal(
            "test.csv:2: the class '2' is none of the training file's.",
            data.Refusal(() => ReadBoth("1,0\n2,1\n", "5,1.0\n6,2\n"))
        );
        Assert.Equal(
            "test.csv:1: the class 'a' is none of the training file's.",
            data.Refusal(() => ReadBoth("1,0\n2,1\n", "5,a\n"))
        );
    }

    [Fact]
    public void A_gzipped_file_is_read_and_one_that_is_cut_off_refused()
    {
        data.Folder.Write("x.csv.gz", ["1,a", "2,b"]);
        var whole = File.ReadAllBytes(data.Folder.PathOf("x.csv.gz"));

        Assert.Equal([1f, 2f], data.Read("csv", ["x.csv.gz"]).Floats!);
        // The first two bytes say that it is gzipped.
        for (var length = 2; length < whole.Length; length++)
        {
            data.Folder.WriteRaw("x.csv.gz", whole[..length]);
            Assert.Equal(
                "x.csv.gz is cut off or damaged: get the file again.",
                data.Refusal(() => data.Read("csv", ["x.csv.gz"]))
            );
        }
    }

    private DataSet Read(string text, string? label = null, bool hasHeader = false)
    {
        data.Folder.WriteRaw("x.csv", Encoding.UTF8.GetBytes(text));
        return data.Read("csv", ["x.csv"], null, label, hasHeader);
    }

    private DataSet ReadBoth(string training, string test, bool hasHeader = false)
    {
        data.Folder.WriteRaw("test.csv", Encoding.UTF8.GetBytes(test));
        data.Folder.WriteRaw("x.csv", Encoding.UTF8.GetBytes(training));
        return data.Read("csv", ["x.csv"], ["test.csv"], null, hasHeader);
    }
}
