using System.IO.Compression;
using System.Text;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Fuzz.Targets;

/// <summary>Files of data, in each format; of those that need two, one is mutated.</summary>
internal static class DataTargets
{
    private const int Rows = 24;
    private const int CifarRow = 3073;

    /// <summary>The targets, whose other files are written to a folder.</summary>
    public static IEnumerable<FuzzTarget> In(string folder)
    {
        var csv = Encoding.UTF8.GetBytes(
            "width,height,kind\n"
                + string.Concat(
                    Enumerable.Range(0, Rows).Select(i => $"{i}.25,-{i}e-1,{(i % 2 == 0 ? "cat" : "\"do\"\"g\"")}\n")
                )
        );
        var plain = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i * 7 % 5},{i * 3 % 11},{i % 3}\r\n"))
        );
        var pixels = Idx([Rows, 2, 3], i => (byte)(i * 7));
        var digits = Idx([Rows], i => (byte)(i % 3));
        var features = Npy("<f4", $"({Rows}, 3)", Rows * 3 * sizeof(float));
        var classes = Npy("|u1", $"({Rows},)", Rows);
        byte[] pictures =
        [
            .. Enumerable.Range(0, 2 * CifarRow).Select(i => (byte)(i % CifarRow == 0 ? i / CifarRow : i)),
        ];
        return
        [
            Csv("csv", csv, hasHeader: true),
            Csv("csv-without-header", plain, hasHeader: false),
            Csv("gzip", csv, hasHeader: true) with
            {
                Seal = Gzipped,
            },
            One("idx-images", "idx", pixels, path => [path, Beside(folder, "idx-images", digits)]),
            One("idx-labels", "idx", digits, path => [Beside(folder, "idx-labels", pixels), path]),
            One("npy-features", "npy", features, path => [path, Beside(folder, "npy-features", classes)]),
            One("npy-labels", "npy", classes, path => [Beside(folder, "npy-labels", features), path]),
            One("cifar10", "cifar10", pictures, path => [path]),
        ];
    }

    private static FuzzTarget Csv(string name, byte[] seed, bool hasHeader) =>
        new(
            name,
            [seed],
            input =>
                DescribedDataSet.Read(
                    new()
                    {
                        Format = "csv",
                        Training = ["input"],
                        HasHeader = hasHeader,
                    },
                    [input.Path],
                    []
                ),
            typeof(InvalidDataException)
        )
        {
            Words = ["\"", "\"\"", ";", "\t", "\r\n", "NA", "nan", "1,5", "=1+1", "width"],
        };

    private static FuzzTarget One(string name, string format, byte[] seed, Func<string, string[]> paths) =>
        new(
            name,
            [seed],
            input => DescribedDataSet.Read(new() { Format = format, Training = ["a", "b"] }, paths(input.Path), []),
            typeof(InvalidDataException)
        )
        {
            Words =
            [
                "'descr': '<f8'",
                "'fortran_order': True",
                "'shape': (3, 8)",
                "|O",
                "<f8",
                ">i8",
                "|b1",
                "\x93NUMPY",
            ],
        };

    private static string Beside(string folder, string target, byte[] bytes)
    {
        var path = Path.Combine(folder, target, "other");
        if (!File.Exists(path))
            File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Gzipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return zipped.ToArray();
    }

    private static byte[] Idx(int[] sizes, Func<int, byte> value) =>
        [
            0,
            0,
            8,
            (byte)sizes.Length,
            .. sizes.SelectMany(size => (byte[])[0, 0, 0, (byte)size]),
            .. Enumerable.Range(0, sizes.Aggregate(1, (x, y) => x * y)).Select(value),
        ];

    private static byte[] Npy(string type, string shape, int length)
    {
        var head = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            (byte)head.Length,
            0,
            .. Encoding.ASCII.GetBytes(head),
            .. Enumerable.Range(0, length).Select(i => (byte)(type[1] == 'f' ? 0 : i % 3)),
        ];
    }
}
