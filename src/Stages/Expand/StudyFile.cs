using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>One file of a study as text.</summary>
/// <param name="Path">The path to name in messages.</param>
/// <param name="Text">The text, without byte-order mark.</param>
/// <param name="Digest">The digest of the file's bytes.</param>
/// <param name="Extends">The file that it extends, or null.</param>
internal sealed record StudyFile(string Path, string Text, string Digest, ExtendsLine? Extends)
{
    private const int MaxBytes = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mentioned">Where it is named, or null for the study's own file.</param>
    /// <exception cref="StudyException">
    /// The file can't be read, is too long or no UTF-8 text, or its line <c>extends:</c> is malformed.
    /// </exception>
    public static StudyFile Read(string path, Place? mentioned)
    {
        var bytes = ReadBytes(path, mentioned);
        var text = Decode(path, bytes);
        return new(path, text, Artifacts.Digest.Of(bytes), ExtendsLine.Find(path, text));
    }

    private static byte[] ReadBytes(string path, Place? mentioned)
    {
        if (RegularFile.IsOther(path))
            throw new StudyException(
                mentioned ?? new(path),
                $"{(mentioned is null ? "this" : path)} is no file, but a folder, a pipe or a device; name a file"
            );
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[Math.Min(stream.Length, MaxBytes) + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length < buffer.Length
                ? buffer[..length]
                : throw new StudyException(
                    new(path),
                    $"the file is longer than {MaxBytes:N0} bytes; a study is a short text"
                );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StudyException(
                mentioned ?? new(path),
                mentioned is null ? "there is no such file" : $"there is no file {path}",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StudyException(mentioned ?? new(path), $"{path} can't be read as a file", e);
        }
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (Utf8.IsValid(text))
            return Encoding.UTF8.GetString(text);
        var valid = 0;
        while (Rune.DecodeFromUtf8(text[valid..], out _, out var consumed) == OperationStatus.Done)
            valid += consumed;
        var before = Encoding.UTF8.GetString(text[..valid]);
        throw new StudyException(
            new(path, before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n')),
            "this byte is no UTF-8; save the file as UTF-8 text"
        );
    }
}
