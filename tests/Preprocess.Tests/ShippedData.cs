using System.IO.Compression;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

/// <summary>The data sets that belong to the repository, beside the tests.</summary>
internal static class ShippedData
{
    public static string Digits { get; } = PathOf("digits.csv.gz");

    public static string Wine { get; } = PathOf("wine_data.csv");

    public static string[] DigitsLines()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Digits), CompressionMode.Decompress));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    public static string[] WineLines() => File.ReadAllLines(Wine);

    public static DataSet Read(string name, params string[] paths) =>
        DataSetReaderCatalogue.Create(name, []).Read(paths);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "data", file);
}
