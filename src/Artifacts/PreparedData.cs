using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Artifacts;

/// <summary>
/// Prepared data, memory-mapped: rows in the order training, validation, test, with the per-feature affine map that
/// turns a stored feature into a network's input, <c>y = (x − shift) · scale</c> in float32. Test rows have a map of their own: that of the
/// other rows, unless a study shifts the test split alone. Safe for any number of threads.
/// </summary>
/// <remarks>
/// The file: 8 bytes magic, an int32 length and the header's JSON; then, each from a multiple of 64 bytes on and little-endian, shift and
/// scale, shift and scale of test rows (float32 a feature), labels (int32 a row), features (byte or float32, row by row).
/// </remarks>
public sealed unsafe class PreparedData : IDisposable
{
    private const int Alignment = 64;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly Sections sections;

    // The header works them out from its lists each time; here they are asked for every row.
    private readonly int features;
    private readonly int rows;

    private PreparedData(
        MemoryMappedFile file,
        MemoryMappedViewAccessor view,
        byte* start,
        PreparedDataHeader header,
        Sections sections
    )
    {
        this.file = file;
        this.view = view;
        this.start = start;
        this.sections = sections;
        Header = header;
        features = header.Features;
        rows = header.Rows;
    }

    /// <summary>Sizes and shapes.</summary>
    public PreparedDataHeader Header { get; }

    /// <summary>The map of training and validation rows.</summary>
    public FeatureMap Map => new(Floats(sections.Map), Floats(sections.Map + sections.Vector));

    /// <summary>The map of test rows.</summary>
    public FeatureMap TestMap =>
        new(Floats(sections.Map + (2 * sections.Vector)), Floats(sections.Map + (3 * sections.Vector)));

    /// <summary>The class of each row, 0…classes − 1.</summary>
    public ReadOnlySpan<int> Labels => new(start + sections.Labels, rows);

    /// <summary>The stored features of a row, where they are bytes.</summary>
    public ReadOnlySpan<byte> ByteRow(int row) =>
        new(start + sections.Features + ((long)Checked(row, bytes: true) * features), features);

    /// <summary>The stored features of a row, where they are float32.</summary>
    public ReadOnlySpan<float> FloatRow(int row) =>
        new(start + sections.Features + ((long)Checked(row, bytes: false) * features * sizeof(float)), features);

    /// <summary>Maps a file into memory.</summary>
    /// <exception cref="InvalidDataException">The file does not hold prepared data, or is not as long as its header says.</exception>
    public static PreparedData Open(string path)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new InvalidDataException($"{path} is empty.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor? view = null;
        byte* pointer = null;
        try
        {
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            var start = pointer + view.PointerOffset;
            var (header, sections) = ReadHeader(new ReadOnlySpan<byte>(start, (int)Math.Min(length, 1 << 20)), path);
            if (length != sections.End)
                throw new InvalidDataException($"{path} holds {length} bytes where its header says {sections.End}.");
            return new(file, view, start, header, sections);
        }
        catch
        {
            if (pointer is not null)
                view!.SafeMemoryMappedViewHandle.ReleasePointer();
            view?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes prepared data; <paramref name="writeFeatures"/> writes the features of all rows, in order.</summary>
    /// <param name="target">Where the bytes go; its position must be 0.</param>
    /// <param name="header">Sizes and shapes.</param>
    /// <param name="map">As <see cref="Map"/>.</param>
    /// <param name="testMap">As <see cref="TestMap"/>.</param>
    /// <param name="labels">As <see cref="Labels"/>.</param>
    /// <param name="writeFeatures">Writes bytes, or little-endian float32, as the header says.</param>
    /// <exception cref="ArgumentException">Map or labels are not as long as the header says.</exception>
    /// <exception cref="InvalidOperationException">The features are not as long as the header says.</exception>
    public static void Write(
        Stream target,
        PreparedDataHeader header,
        FeatureMap map,
        FeatureMap testMap,
        ReadOnlySpan<int> labels,
        Action<Stream> writeFeatures
    )
    {
        if (map.Features != header.Features || testMap.Features != header.Features || labels.Length != header.Rows)
            throw new ArgumentException(
                $"There are {header.Features} features and {header.Rows} rows; maps and labels don't fit them.",
                nameof(header)
            );
        var json = JsonSerializer.SerializeToUtf8Bytes(header, ArtifactJson.Default.PreparedDataHeader);
        var sections = Sections.Of(header, json.Length);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        target.Write(Magic);
        target.Write(length);
        target.Write(json);
        WriteAt(target, sections.Map, MemoryMarshal.AsBytes(map.Shift));
        WriteAt(target, sections.Map + sections.Vector, MemoryMarshal.AsBytes(map.Scale));
        WriteAt(target, sections.Map + (2 * sections.Vector), MemoryMarshal.AsBytes(testMap.Shift));
        WriteAt(target, sections.Map + (3 * sections.Vector), MemoryMarshal.AsBytes(testMap.Scale));
        WriteAt(target, sections.Labels, MemoryMarshal.AsBytes(labels));
        WriteAt(target, sections.Features, []);
        writeFeatures(target);
        if (target.Position != sections.End)
            throw new InvalidOperationException(
                $"The features end at byte {target.Position} instead of {sections.End}."
            );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    private ReadOnlySpan<float> Floats(long position) => new(start + position, features);

    private static ReadOnlySpan<byte> Magic => "PLDATA2\n"u8;

    private static void WriteAt(Stream target, long position, ReadOnlySpan<byte> bytes)
    {
        Span<byte> padding = stackalloc byte[Alignment];
        padding.Clear();
        target.Write(padding[..(int)(position - target.Position)]);
        target.Write(bytes);
    }

    private static (PreparedDataHeader Header, Sections Sections) ReadHeader(ReadOnlySpan<byte> head, string path)
    {
        if (head.Length < Magic.Length + sizeof(int) || !head.StartsWith(Magic))
            throw new InvalidDataException($"{path} does not hold prepared data.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[Magic.Length..]);
        var json = head[(Magic.Length + sizeof(int))..];
        if (length < 0 || length > json.Length)
            throw new InvalidDataException($"{path} is cut off within its header.");
        try
        {
            var header = JsonSerializer.Deserialize(json[..length], ArtifactJson.Default.PreparedDataHeader);
            if (
                header is null
                || header.Shape.Any(size => size < 1)
                || header.Training < 0
                || header.Validation < 0
                || header.Test < 0
            )
                throw new InvalidDataException($"The header of {path} makes no sense.");
            return (header, Sections.Of(header, length));
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw new InvalidDataException($"The header of {path} can't be read.", e);
        }
    }

    private int Checked(int row, bool bytes)
    {
        if ((uint)row >= (uint)rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {rows} rows.");
        if (bytes != Header.Bytes)
            throw new InvalidOperationException(
                bytes ? "The features are float32, not bytes." : "The features are bytes, not float32."
            );
        return row;
    }

    // Vector: the bytes from the start of one list of numbers a feature to the next.
    private readonly record struct Sections(long Map, long Vector, long Labels, long Features, long End)
    {
        public static Sections Of(PreparedDataHeader header, int headerLength)
        {
            var map = Aligned(Magic.Length + sizeof(int) + headerLength);
            var vector = Aligned((long)header.Features * sizeof(float));
            var labels = map + (4 * vector);
            var features = Aligned(labels + ((long)header.Rows * sizeof(int)));
            return new(
                map,
                vector,
                labels,
                features,
                checked(features + ((long)header.Rows * header.Features * (header.Bytes ? 1 : sizeof(float))))
            );
        }

        private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
    }
}
