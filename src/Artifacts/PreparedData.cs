using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Artifacts;

/// <summary>
/// Prepared data, memory-mapped: rows in the order training, validation, test, with the per-feature affine map that
/// turns a stored feature into a network's input, <c>y = (x − shift) · scale</c> in float32. Safe for any number of threads.
/// </summary>
/// <remarks>
/// The file: 8 bytes magic, an int32 length and the header's JSON; then, each from a multiple of 64 bytes on and little-endian,
/// shift and scale (float32 a feature), labels (int32 a row), features (byte or float32, row by row).
/// </remarks>
public sealed unsafe class PreparedData : IDisposable
{
    private const int Alignment = 64;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly Sections sections;

    private PreparedData(MemoryMappedFile file, MemoryMappedViewAccessor view, byte* start, PreparedDataHeader header, Sections sections)
    {
        this.file = file;
        this.view = view;
        this.start = start;
        this.sections = sections;
        Header = header;
    }

    /// <summary>Sizes and shapes.</summary>
    public PreparedDataHeader Header { get; }

    /// <summary>What is subtracted from each feature: float32, one a feature.</summary>
    public ReadOnlySpan<float> Shift => new(start + sections.Shift, Header.Features);

    /// <summary>What each shifted feature is multiplied by: float32, one a feature.</summary>
    public ReadOnlySpan<float> Scale => new(start + sections.Scale, Header.Features);

    /// <summary>The class of each row, 0…classes − 1.</summary>
    public ReadOnlySpan<int> Labels => new(start + sections.Labels, Header.Rows);

    /// <summary>The stored features of a row, where they are bytes.</summary>
    public ReadOnlySpan<byte> ByteRow(int row) => new(start + sections.Features + ((long)Checked(row, bytes: true) * Header.Features), Header.Features);

    /// <summary>The stored features of a row, where they are float32.</summary>
    public ReadOnlySpan<float> FloatRow(int row) =>
        new(start + sections.Features + ((long)Checked(row, bytes: false) * Header.Features * sizeof(float)), Header.Features);

    /// <summary>Maps a file into memory.</summary>
    /// <exception cref="InvalidDataException">The file does not hold prepared data, or is too short for what its header says.</exception>
    public static PreparedData Open(string path)
    {
        var length = new FileInfo(path).Length;
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor? view = null;
        try
        {
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
            var (header, sections) = ReadHeader(new ReadOnlySpan<byte>(start, (int)Math.Min(length, 1 << 20)), path);
            if (length != sections.End)
                throw new InvalidDataException($"{path} holds {length} bytes where its header says {sections.End}.");
            return new(file, view, start, header, sections);
        }
        catch
        {
            view?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes prepared data; <paramref name="writeFeatures"/> writes the features of all rows, in order.</summary>
    public static void Write(
        Stream target,
        PreparedDataHeader header,
        ReadOnlySpan<float> shift,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<int> labels,
        Action<Stream> writeFeatures)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, ArtifactJson.Default.PreparedDataHeader);
        var sections = Sections.Of(header, json.Length);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        target.Write(Magic);
        target.Write(length);
        target.Write(json);
        WriteAt(target, sections.Shift, MemoryMarshal.AsBytes(shift));
        WriteAt(target, sections.Scale, MemoryMarshal.AsBytes(scale));
        WriteAt(target, sections.Labels, MemoryMarshal.AsBytes(labels));
        WriteAt(target, sections.Features, []);
        writeFeatures(target);
        if (target.Position != sections.End)
            throw new InvalidOperationException($"The features end at byte {target.Position} instead of {sections.End}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    private static ReadOnlySpan<byte> Magic => "PLDATA1\n"u8;

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
        var header = JsonSerializer.Deserialize(json[..length], ArtifactJson.Default.PreparedDataHeader)
            ?? throw new InvalidDataException($"{path} has no header.");
        return (header, Sections.Of(header, length));
    }

    private int Checked(int row, bool bytes)
    {
        if ((uint)row >= (uint)Header.Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {Header.Rows} rows.");
        if (bytes != Header.Bytes)
            throw new InvalidOperationException(bytes ? "The features are float32, not bytes." : "The features are bytes, not float32.");
        return row;
    }

    private readonly record struct Sections(long Shift, long Scale, long Labels, long Features, long End)
    {
        public static Sections Of(PreparedDataHeader header, int headerLength)
        {
            var shift = Aligned(Magic.Length + sizeof(int) + headerLength);
            var scale = Aligned(shift + ((long)header.Features * sizeof(float)));
            var labels = Aligned(scale + ((long)header.Features * sizeof(float)));
            var features = Aligned(labels + ((long)header.Rows * sizeof(int)));
            return new(shift, scale, labels, features, features + ((long)header.Rows * header.Features * (header.Bytes ? 1 : sizeof(float))));
        }

        private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
    }
}
