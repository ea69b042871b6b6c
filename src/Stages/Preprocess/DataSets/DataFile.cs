using System.Buffers.Binary;
using System.IO.Compression;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Reads a file of data from its beginning to its end; one whose name ends in <c>.gz</c> is unzipped. Only whoever has
/// read to the end knows that a gzipped file is whole, so read until nothing comes.
/// </summary>
/// <remarks>
/// RFC 1952: a gzip file ends with the CRC-32 and the length, modulo 2³², of what was zipped. .NET compares the
/// checksum, but takes a file that is cut off for one that ends there; hence the length is compared here. A file of
/// several gzip members, whose last length is not that of the whole, counts as damaged.
/// </remarks>
internal sealed class DataFile : Stream
{
    private const int LeastZipped = 18;

    // Deflate needs at least two bits for 258 bytes.
    private const long MostPerZippedByte = 1032;

    private readonly string path;
    private readonly Stream content;
    private readonly bool isZipped;
    private long position;

    private DataFile(string path)
    {
        this.path = path;
        var file = File.OpenRead(path);
        isZipped = path.EndsWith(".gz", StringComparison.Ordinal);
        content = isZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        Length = isZipped ? ZippedLength(file) : file.Length;
    }

    /// <summary>
    /// The number of bytes in the file, unzipped, up to 4 GiB; of a damaged gzipped file it may be any number that unzipping could reach.
    /// </summary>
    public override long Length { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">The file ought to be gzipped and is too short to be.</exception>
    public static DataFile Open(string path) => new(path);

    /// <summary>What to throw for a file that ends too early or makes no sense.</summary>
    public static InvalidDataException Damaged(string path, Exception? inner = null) =>
        new($"{path} is cut off or damaged: get the file again.", inner);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A gzipped file is cut off or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
        position += count;
        return count > 0 || buffer.IsEmpty || !isZipped || (uint)position == (uint)Length ? count : throw Damaged(path);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads the file's last bytes.</summary>
    /// <param name="bytes">Filled with them.</param>
    /// <param name="more">
    /// The sentence's end where there are more: what the file holds more of than it says, such as <c>the 24 values</c>.
    /// </param>
    /// <exception cref="InvalidDataException">The file ends before or after them.</exception>
    public void ReadLast(Span<byte> bytes, string more)
    {
        ReadNext(bytes);
        if (ReadByte() >= 0)
            throw new InvalidDataException($"{path} holds more than {more} that its head says.");
    }

    /// <summary>Reads the file's next bytes.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void ReadNext(Span<byte> bytes)
    {
        if (ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged(path);
    }

    /// <summary>Makes sure, before it is allocated, that as many bytes as a head claims can follow it.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public void RequireLeft(long bytes)
    {
        if (bytes > Length - position)
            throw Damaged(path);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private long ZippedLength(FileStream file)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        if (file.Length < LeastZipped)
        {
            content.Dispose();
            throw Damaged(path);
        }
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        file.Position = 0;
        return Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(end), file.Length * MostPerZippedByte);
    }
}
