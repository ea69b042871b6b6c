namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Reads a file of data from its beginning to its end; one that begins as gzip files do is unzipped, whatever its name. Only whoever has
/// read to the end knows that a gzipped file is whole, so read until nothing comes.
/// </summary>
internal sealed class DataFile : Stream
{
    // Deflate needs at least two bits for 258 bytes.
    private const long MostPerZippedByte = 1032;

    private readonly string path;
    private readonly FileStream file;
    private readonly GzipMembers? members;
    private readonly CancellationToken cancellation;
    private long position;

    private DataFile(string path, CancellationToken cancellation)
    {
        (this.path, this.cancellation) = (path, cancellation);
        file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[GzipMembers.Magic.Length];
        var isZipped =
            file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic.SequenceEqual(GzipMembers.Magic);
        file.Position = 0;
        members = isZipped ? new(file, path) : null;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>A gzipped file doesn't say how long it is; see <see cref="LengthOf"/>.</summary>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends reading.</param>
    public static DataFile Open(string path, CancellationToken cancellation = default) => new(path, cancellation);

    /// <summary>The number of bytes in a file, unzipped; for that a gzipped file is read once.</summary>
    /// <exception cref="InvalidDataException">A gzipped file is cut off or damaged.</exception>
    public static long LengthOf(string path, CancellationToken cancellation = default)
    {
        using var whole = Open(path, cancellation);
        if (whole.members is null)
            return whole.file.Length;
        whole.CopyTo(Null);
        return whole.position;
    }

    /// <summary>What to throw for a file that ends too early or makes no sense.</summary>
    public static InvalidDataException Damaged(string path, Exception? inner = null) =>
        new($"{path} is cut off or damaged: get the file again.", inner);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A gzipped file is cut off or damaged.</exception>
    /// <exception cref="OperationCanceledException">Reading was to end.</exception>
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        var count = members is null ? file.Read(buffer) : members.Read(buffer);
        position += count;
        return count;
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
        var most = members is null ? file.Length : file.Length * MostPerZippedByte;
        if (bytes > most - position)
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
            file.Dispose();
        members?.Dispose();
        base.Dispose(disposing);
    }
}
