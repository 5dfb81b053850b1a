package io.eventstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** All classes of the tests but for those of one package; classes of some packages of ours are loaded anew. */
public final class ClassesWithout extends ClassLoader {

    private final String missing;
    private final List<String> anew;

    /** Made with the beginnings of names, up to a dot: of classes that are missing, and of those that would use them. */
    public ClassesWithout(String missing, String... anew) {
        super(ClassesWithout.class.getClassLoader());
        this.missing = missing;
        this.anew = List.of(anew);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (anew.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? own(name) : loaded;
        }
    }

    private Class<?> own(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
