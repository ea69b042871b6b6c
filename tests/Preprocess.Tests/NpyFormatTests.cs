using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class NpyFormatTests : IDisposable
{
    private static readonly byte[] TwoLabels = Npy.Of("(2,)", 0L, 1L);

    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("(2, 6)", new[] { 6 })]
    [InlineData("(2, 2, 3)", new[] { 1, 2, 3 })]
    [InlineData("(2, 3, 1, 2)", new[] { 3, 1, 2 })]
    public void Bytes_stay_bytes_in_every_shape(string shape, int[] expected)
    {
        var read = Read(Npy.Of("|u1", shape, Idx.Counted(250, 12)), Npy.Of("|u1", "(2,)", [1, 0]));

        Assert.Equal(expected, read.Shape);
        Assert.Equal(Idx.Counted(250, 12), read.Bytes!);
        Assert.Null(read.Floats);
        Assert.Equal([1, 0], read.Labels);
        Assert.Equal(2, read.Classes);
    }

    [Fact]
    public void Float32_is_kept_bit_by_bit_and_int64_is_made_float32()
    {
        Assert.Equal(
            [0.1f, -1e-40f, float.MaxValue, 0f],
            Read(Npy.Of("(2, 2)", 0.1f, -1e-40f, float.MaxValue, 0f), TwoLabels).Floats!
        );
        Assert.Equal(
            [16777216f, -16777216f, 3f, 0f],
            Read(Npy.Of("(2, 2)", 16777216L, -16777216L, 3L, 0L), TwoLabels).Floats!
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_is_read(byte version) =>
        Assert.Equal([7, 9], Read(Npy.Of("|u1", "(2, 1)", [7, 9], version), TwoLabels).Bytes!);

    [Theory]
    [InlineData("{\"shape\": (2, 1), \"fortran_order\": False, \"descr\": \"|u1\"}")]
    [InlineData("{'shape': (2L, 1L), 'descr': '|u1', 'fortran_order': False}")]
    [InlineData("{'shape':(2,1),'descr':'|u1','fortran_order':False}")]
    [InlineData("  {  'shape'  : (2 , 1 , ) , 'descr' : '|u1' , 'fortran_order' : False , }  ")]
    public void The_head_may_be_written_in_other_ways(string head) =>
        Assert.Equal([7, 9], Read(Npy.Raw(head, [7, 9]), TwoLabels).Bytes!);

    [Theory]
    [InlineData("<f8", "'<f8'")]
    [InlineData(">f4", "'>f4'")]
    [InlineData(">i8", "'>i8'")]
    [InlineData("<i4", "'<i4'")]
    [InlineData("|b1", "'|b1'")]
    [InlineData("|O", "'|O'")]
    public void Other_types_are_refused_with_the_way_out(string type, string named) =>
        Assert.Equal(
            $"x.npy holds elements of type {named}; '|u1', '<f4' and '<i8' are read: "
                + "save features as array.astype('<f4') or array.astype('u1') and labels as array.astype('<i8').",
            data.Refusal(() => Read(Npy.Of(type, "(2, 1)", new byte[16]), TwoLabels))
        );

    [Fact]
    public void Structured_arrays_are_refused() =>
        Assert.StartsWith(
            "x.npy holds elements of type [('a','<f4'),('b','<f4')]; ",
            data.Refusal(() =>
                Read(
                    Npy.Raw(
                        "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (2,), }",
                        new byte[16]
                    ),
                    TwoLabels
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Column_order_is_refused_with_the_way_out() =>
        Assert.Equal(
            "x.npy is stored column by column (fortran_order): save numpy.ascontiguousarray(array).",
            data.Refusal(() =>
                Read(Npy.Raw("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", new byte[16]), TwoLabels)
            )
        );

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False}")]
    [InlineData("{'descr': '|u1', 'shape': (2, 1), }")]
    [InlineData("{'fortran_order': False, 'shape': (2, 1), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (2, 1), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, x), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, -1), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 9999999999), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': 2, }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1")]
    [InlineData("no dictionary")]
    [InlineData("")]
    public void A_damaged_head_is_refused(string head) =>
        Assert.Equal(
            "x.npy is cut off or damaged: get the file again.",
            data.Refusal(() => Read(Npy.Raw(head, [7, 9]), TwoLabels))
        );

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.npy.gz")]
    public void A_file_that_is_cut_off_anywhere_is_refused(string name)
    {
        data.Folder.Write("y.npy", TwoLabels);
        var whole = File.ReadAllBytes(data.Folder.Write(name, Npy.Of("(2, 2)", 1f, 2f, 3f, 4f)));

        Assert.Equal([1f, 2f, 3f, 4f], data.Read("npy", [name, "y.npy"]).Floats!);
        for (var length = 0; length < whole.Length; length++)
        {
            data.Folder.WriteRaw(name, whole[..length]);
            Assert.Equal(
                $"{name} is cut off or damaged: get the file again.",
                data.Refusal(() => data.Read("npy", [name, "y.npy"]))
            );
        }
    }

    [Fact]
    public void Elements_behind_the_end_are_refused() =>
        Assert.Equal(
            "x.npy holds more than the 2 elements that its head says.",
            data.Refusal(() => Read([.. Npy.Of("(2, 1)", 1f, 2f), 0], TwoLabels))
        );

    [Theory]
    [InlineData(0, 0x92)]
    [InlineData(5, 'X')]
    [InlineData(6, 4)]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    public void Another_magic_or_version_is_refused(int position, byte value)
    {
        var file = Npy.Of("(2, 1)", 1f, 2f);
        file[position] = value;

        Assert.Equal(
            "x.npy is not an npy file of version 1.0, 2.0 or 3.0: write it with numpy.save.",
            data.Refusal(() => Read(file, TwoLabels))
        );
    }

    [Theory]
    [InlineData("(0, 4)")]
    [InlineData("(2147483647, 2147483647, 2147483647)")]
    [InlineData("(65536, 65536)")]
    public void Absurd_shapes_are_refused(string shape) =>
        Assert.Equal(
            $"x.npy claims the shape {shape}, which can't be right.",
            data.Refusal(() => Read(Npy.Of(shape, 1f), TwoLabels))
        );

    [Fact]
    public void A_shape_that_the_file_has_no_room_for_is_refused_before_it_is_allocated()
    {
        data.Folder.Write("x.npy", Npy.Of("(60000, 784)", 1f));
        data.Folder.Write("y.npy", TwoLabels);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(
            "x.npy is cut off or damaged: get the file again.",
            data.Refusal(() => data.Read("npy", ["x.npy", "y.npy"]))
        );

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinity")]
    [InlineData(float.NegativeInfinity, "infinity")]
    public void A_feature_that_is_not_finite_is_named_with_row_and_column(float value, string named) =>
        Assert.Equal(
            $"x.npy holds {named} in row 2, column 1; fill missing values in or leave the row out.",
            data.Refusal(() => Read(Npy.Of("(2, 2)", 1f, 2f, value, 3f), TwoLabels))
        );

    [Theory]
    [InlineData(16777217)]
    [InlineData(-16777217)]
    [InlineData(long.MinValue)]
    public void A_whole_number_that_float32_may_not_hold_is_refused(long value) =>
        Assert.Equal(
            $"x.npy holds {value} in row 1, column 2; "
                + "beyond ±16,777,216 float32 skips whole numbers: save array.astype('<f4') to have them rounded.",
            data.Refusal(() => Read(Npy.Of("(2, 2)", 1L, value, 3L, 4L), TwoLabels))
        );

    [Theory]
    [InlineData("(4,)")]
    [InlineData("(1, 1, 1, 2, 2)")]
    public void Features_of_another_number_of_dimensions_are_refused(string shape) =>
        Assert.Equal(
            $"x.npy has the shape {shape}; features are (rows, features), (rows, height, width) or (rows, channels, height, width).",
            data.Refusal(() => Read(Npy.Of(shape, 1f, 2f, 3f, 4f), TwoLabels))
        );

    [Fact]
    public void Labels_that_are_none_are_refused()
    {
        Assert.Equal("y.npy has the label -1 in row 2; labels are 0…65535.", Refusal(Npy.Of("(2,)", 0L, -1L)));
        Assert.Equal("y.npy has the label 65536 in row 1; labels are 0…65535.", Refusal(Npy.Of("(2,)", 65536L, 0L)));
        Assert.Equal(
            "y.npy holds float32; labels are whole numbers: save labels.astype('<i8').",
            Refusal(Npy.Of("(2,)", 0f, 1f))
        );
        Assert.Equal("x.npy holds 2 rows, but y.npy 3 labels.", Refusal(Npy.Of("(3,)", 0L, 1L, 2L)));
        Assert.Equal(
            "y.npy holds no label but 0; a data set needs two classes at least.",
            Refusal(Npy.Of("(2,)", 0L, 0L))
        );
        Assert.Equal(
            "y.npy has the shape (2, 1); labels are (rows,): save labels.reshape(-1), or labels.argmax(1) where they are one-hot.",
            Refusal(Npy.Of("(2, 1)", 0L, 1L))
        );

        string Refusal(byte[] labels) => data.Refusal(() => Read(Npy.Of("(2, 1)", 1f, 2f), labels));
    }

    [Fact]
    public void Labels_that_leave_numbers_out_are_refused_or_numbered_anew_where_that_is_allowed()
    {
        data.Folder.Write("x.npy", Npy.Of("(3, 1)", 1f, 2f, 3f));
        data.Folder.Write("y.npy", Npy.Of("(3,)", 7L, 0L, 3L));

        Assert.Equal(
            "y.npy holds labels up to 7, but no 1 and 4 more that no row has: number the classes from 0 "
                + "(numpy.unique(labels, return_inverse=True)[1]), or write allow: class_gaps in the description if it is meant.",
            data.Refusal(() => data.Read("npy", ["x.npy", "y.npy"]))
        );
        var read = data.Read("npy", ["x.npy", "y.npy"], allow: "class_gaps");
        Assert.Equal([2, 0, 1], read.Labels);
        Assert.Equal(["0", "3", "7"], read.ClassNames!);
        data.Folder.Write("ty.npy", Npy.Of("(3,)", 7L, 0L, 4L));
        Assert.Equal(
            "ty.npy has the label 4 in row 3, which no row of y.npy has.",
            data.Refusal(() => data.Read("npy", ["x.npy", "y.npy"], ["x.npy", "ty.npy"], allow: "class_gaps"))
        );
    }

    [Fact]
    public void A_class_for_nearly_every_row_is_refused()
    {
        data.Folder.Write("x.npy", Npy.Of("|u1", "(20, 1)", Idx.Counted(0, 20)));
        data.Folder.Write("y.npy", Npy.Of("|u1", "(20,)", Idx.Counted(0, 20)));

        Assert.StartsWith(
            "y.npy has 20 classes in 20 rows",
            data.Refusal(() => data.Read("npy", ["x.npy", "y.npy"])),
            StringComparison.Ordinal
        );
        Assert.Equal(20, data.Read("npy", ["x.npy", "y.npy"], allow: "many_classes").Classes);
    }

    [Fact]
    public void A_test_split_comes_last_and_holds_the_same_kind_of_numbers()
    {
        data.Folder.Write("t.npy", Npy.Of("(1, 1)", 3L));
        data.Folder.Write("l.npy", Npy.Of("(1,)", 1L));

        var read = Read(Npy.Of("(2, 1)", 1f, 2f), TwoLabels, ["t.npy", "l.npy"]);

        Assert.Equal([1f, 2f, 3f], read.Floats!);
        Assert.Equal([0, 1, 1], read.Labels);
        Assert.Equal(1, read.PublishedTest);
        Assert.Equal(
            "Of x.npy and t.npy one holds bytes and one other numbers; save both as one type.",
            data.Refusal(() => Read(Npy.Of("|u1", "(2, 1)", [1, 2]), TwoLabels, ["t.npy", "l.npy"]))
        );
    }

    private DataSet Read(byte[] features, byte[] labels, string[]? test = null)
    {
        data.Folder.Write("x.npy", features);
        data.Folder.Write("y.npy", labels);
        return data.Read("npy", ["x.npy", "y.npy"], test);
    }
}
