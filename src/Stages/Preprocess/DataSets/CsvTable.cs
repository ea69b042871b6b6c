using CsvHelper;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>Reads a CSV file row by row, and words errors with file and line.</summary>
internal sealed class CsvTable(Stream stream, string path, int? columns) : IDisposable
{
    private readonly CsvReader reader = CsvReader.Create(
        stream,
        new CsvReaderOptions { Separator = ',', HasHeader = false, SkipEmptyLines = false, MalformedData = CsvMalformedDataHandling.Throw });

    private long row;

    /// <summary>The number of columns of the current row.</summary>
    public int Count => reader.FieldCount;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => reader.GetString(column);

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The row has another number of columns, or can't be read.</exception>
    public bool Next()
    {
        row++;
        try
        {
            if (!reader.Read())
                return false;
        }
        catch (Exception e) when (e is InvalidDataException or CsvFormatException)
        {
            throw Error($"it can't be read ({e.Message.Split('\n')[0].TrimEnd('.')}); get the file again");
        }
        return columns is null || Count == columns ? true : throw Error($"there are {Count} columns; {columns} are expected");
    }

    /// <summary>An exception that names file and row.</summary>
    public InvalidDataException Error(string what) => new($"{path}:{row}: {what}.");

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
